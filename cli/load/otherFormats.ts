const AS_UTF8 = "convert it with: iconv -f";
const AS_NDJSON = "convert it to NDJSON first";

/** How other files than text begin, in hexadecimal digits, and what to do with them. */
const OTHER_FORMATS: [beginning: RegExp, name: string, advice: string][] = [
  [/^504b0304/, "a zip archive", "unpack it with: unzip"],
  [/^28b52ffd/, "zstd", "unpack it with: zstd -d"],
  [/^425a683[1-9]314159/, "bzip2", "unpack it with: bunzip2"],
  [/^fd377a585a00/, "xz", "unpack it with: unxz"],
  [/^.{514}7573746172/, "a tar archive", "unpack it with: tar -x"],
  // Behind their marks of letters stands what no text has.
  [/^50415231[01]/, "Parquet", AS_NDJSON],
  [/^4f5243(0|.{2,40}00)/, "ORC", AS_NDJSON],
  [/^4f626a01/, "Avro", AS_NDJSON],
  [/^4152524f57310000/, "Arrow", AS_NDJSON],
  [/^53514c69746520666f726d6174203300/, "a SQLite database", AS_NDJSON],
  [/^d0cf11e0a1b11ae1/, "an Excel workbook", "save it as CSV UTF-8"],
  [/^(fffe|feff)/, "UTF-16", `${AS_UTF8} UTF-16 -t UTF-8`],
  // Without its mark: every other byte of ASCII text is zero.
  [/^([2-7].00){3}/, "UTF-16", `${AS_UTF8} UTF-16LE -t UTF-8`],
  [/^(00[2-7].){3}/, "UTF-16", `${AS_UTF8} UTF-16BE -t UTF-8`],
];

/** As much of a file as tells whether it is one of them. */
export const TELLING_BYTES = 512;

/** @throws Error saying what it is that begins like this, instead of text */
export function refuseOtherFormats(chunk: Buffer): void {
  const head = chunk.subarray(0, TELLING_BYTES);
  const begins = head.toString("hex");
  const found = OTHER_FORMATS.find(([beginning]) => beginning.test(begins));
  if (found === undefined && !isBinary(head)) return;
  const [, name, advice] = found ?? ["", "not text", AS_NDJSON];
  throw new Error(`is ${name}; expected UTF-8 text, plain or gzip (${advice})`);
}

/** Zero bytes alone, or bytes of another encoding alone, may stand in a few lines of a text. */
const isBinary = (head: Buffer): boolean => head.includes(0) && /\uFFFD(?!$)/.test(head.toString("utf8"));
