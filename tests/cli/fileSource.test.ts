import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { dryRun } from "../../cli/load/dryRun";
import { fileSource } from "../../cli/load/fileSource";
import { MAX_LINE_BYTES, readLines } from "../../cli/load/lines";
import { prepareRecord } from "../../cli/load/prepareRecord";
import type { SourceRecord } from "../../cli/load/source";
import { sourceFiles } from "./sourceFiles";

const ACCEPTANCE = { lane: "DIRECT", recvAt: Date.parse("2026-03-01T12:00:00Z") };

const parquet = Buffer.concat([Buffer.from("PAR1"), Buffer.from([0x15, 0x00, 0x15, 0xff])]);

describe("a file of events", () => {
  const files = sourceFiles();
  const { file, read } = files;

  it("may be gzip of several members, begin with a byte order mark, end lines in CR LF and hold blank lines", async () => {
    const content = Buffer.concat(['\uFEFF{"n":1}\r\n\r\n', '  {"n":2}  \n{"n":3}'].map((text) => gzipSync(text)));
    assert.deepEqual(await read(file("events", content)), [
      { line: 1, text: '{"n":1}' },
      { line: 3, text: '{"n":2}' },
      { line: 4, text: '{"n":3}', isOpen: true },
    ]);
  });

  it("gives what stands before the place where it is damaged, and of a line that is cut nothing", async () => {
    const path = file("cut.gz", gzipSync('{"n":1}\n{"n":2}\n{"n":').subarray(0, -4));
    const found: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { text } of (await fileSource(path)).records) found.push(text);
      },
      { message: `${path} is damaged gzip: unexpected end of file` },
    );
    assert.deepEqual(found, ['{"n":1}', '{"n":2}']);
  });

  it("takes zeros behind gzip data for filling, but not for the end when more stands behind them", async () => {
    const first = gzipSync('{"n":1}\n');
    const filled = file("filled.gz", Buffer.concat([first, Buffer.alloc(1000)]));
    const found: string[] = [];
    for await (const { text } of (await fileSource(filled)).records) found.push(text);
    assert.deepEqual(found, ['{"n":1}']);
    const more = file("more.gz", Buffer.concat([first, Buffer.alloc(1000), gzipSync('{"n":2}\n')]));
    const before: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { text } of (await fileSource(more)).records) before.push(text);
      },
      { message: `${more} is damaged gzip: data behind its end` },
    );
    assert.deepEqual(before, ['{"n":1}']);
  });

  it("may be a named pipe or what a shell gives for <(…), which are read once and from the beginning", async () => {
    const pipe = join(files.folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const writing = spawn("sh", ["-c", `printf '{"n":1}\\n' > ${pipe}`]);
    const source = await fileSource(pipe);
    assert.deepEqual([source.fingerprint, source.rejectedFile], [undefined, resolve("pipe.rejected.ndjson")]);
    const found: string[] = [];
    for await (const { text } of source.records) found.push(text);
    assert.deepEqual(found, ['{"n":1}']);
    await new Promise((done) => (writing.exitCode === null ? writing.once("close", done) : done(undefined)));
  });

  it("loses no line to one that is no event", async () => {
    const content = Buffer.concat([
      Buffer.from('{"action":"a.b"}\n5\n{"action":"a.b"\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from('{"action":"a.b","action":"a.c"}\n{"action":"a.b"}\n'),
    ]);
    const { valid, rejected, first } = await dryRun(await fileSource(file("bad.ndjson", content)), ACCEPTANCE);
    assert.deepEqual([valid, rejected], [2, 4]);
    assert.deepEqual(
      first.map(({ line, problems }) => [line, problems[0]]),
      [
        [2, "expected an event object, found number 5"],
        [3, "not JSON: Expected ',' or '}' after property value in JSON at position 15"],
        [4, "the line is not UTF-8"],
        [5, 'not JSON: A key stands twice in one object: "action"'],
      ],
    );
  });

  it("passes over a line that never ends without holding it in memory", async () => {
    async function* bytes() {
      yield Buffer.from('{"n":1}\n"');
      for (let sent = 0; sent <= 2 * MAX_LINE_BYTES; sent += 1 << 20) yield Buffer.alloc(1 << 20, "x");
      yield Buffer.from('"\n{"n":2}\n');
    }
    const lines = [];
    for await (const line of readLines(bytes())) lines.push(line);
    assert.deepEqual(
      lines.map(({ line, text, problem }) => [line, text.length, problem]),
      [
        [1, 7, undefined],
        [2, 1000, `the line has ${2 * MAX_LINE_BYTES + (1 << 20) + 2} bytes; the limit is ${MAX_LINE_BYTES}`],
        [3, 7, undefined],
      ],
    );
  });

  it("sends the digits of a 23-digit number as they stand", async () => {
    const path = file("digits.ndjson", '{"action":"a.b","attributes":{"account":12345678901234567890123}}');
    const [record] = await read(path);
    const prepared = prepareRecord(record as SourceRecord, ACCEPTANCE);
    assert.equal(
      "json" in prepared && prepared.json,
      '{"action":"a.b","attributes":{"account":12345678901234567890123},"_recv_at":"2026-03-01T12:00:00.000Z"}',
    );
  });

  it("gets the offset that is assumed, where it has none, and loses no digit by it", () => {
    const text = '{"action":"a.b","occurred_at":"2026-03-01 10:00:00.5","attributes":{"n":12345678901234567890123}}';
    const prepared = prepareRecord({ line: 1, text }, { ...ACCEPTANCE, assumeOffset: "+02:00" });
    assert.match(
      ("json" in prepared && prepared.json) as string,
      /"2026-03-01 10:00:00\.5\+02:00".*12345678901234567890123/,
    );
    const kept = prepareRecord(
      { line: 1, text: '{"action":"a.b","occurred_at":"2026-03-01T10:00:00Z"}' },
      { ...ACCEPTANCE, assumeOffset: "+02:00" },
    );
    assert.match(("json" in kept && kept.json) as string, /"2026-03-01T10:00:00Z"/);
  });

  for (const [name, content, message] of [
    [
      "utf16.ndjson",
      Buffer.from("\uFEFF{}", "utf16le"),
      "is UTF-16; expected UTF-8 text, plain or gzip (convert it with: iconv -f UTF-16 -t UTF-8)",
    ],
    [
      "unmarked.ndjson",
      Buffer.from('{"action":"a.b"}', "utf16le"),
      "is UTF-16; expected UTF-8 text, plain or gzip (convert it with: iconv -f UTF-16LE -t UTF-8)",
    ],
    [
      "packed.csv.gz",
      gzipSync(Buffer.from("\uFEFFaction", "utf16le")),
      "is UTF-16; expected UTF-8 text, plain or gzip (convert it with: iconv -f UTF-16 -t UTF-8)",
    ],
    [
      "export.zip",
      Buffer.from("PK\u0003\u0004rest"),
      "is a zip archive; expected UTF-8 text, plain or gzip (unpack it with: unzip)",
    ],
    [
      "cr.csv",
      "action,actor_id\ra.b,u1\r",
      "ends its lines in CR alone; expected LF or CR LF (convert it with: tr '\\r' '\\n')",
    ],
    ["twice.csv", "action,a,a\n", 'has two columns "a"; expected a name of its own for each'],
    [
      "semicolons.csv",
      "\uFEFFaction;actor_id\r\na.b;u1\r\n",
      'has one column "action;actor_id" (is it separated by ";"? Then say --delimiter \';\')',
    ],
    [
      "nameless.csv",
      " ,,\na.b,u1,1\n",
      "has no name of a column in its header, line 1; expected such as action,occurred_at,actor_id",
    ],
    [
      "open.csv",
      'action,"actor_id\na.b,u1\n',
      "has no header of columns in line 1: not CSV: a quote is opened in line 1 and never closed",
    ],
    ["cut.gz", gzipSync("x".repeat(1000)).subarray(0, 20), "is damaged gzip: unexpected end of file"],
    ...["[\n{}\n]\n", '[{"action":"a.b"},{"action":"a.c"}]', "[\n", ' [ {"action":"a.b"},\n{"action":"a.c"}]\n'].map(
      (content): [string, string, string] => [
        "array.json",
        content,
        "is one JSON array; expected one event per line (convert it with: jq -c '.[]')",
      ],
    ),
    [
      "array.json.gz",
      gzipSync(`[${'{"action":"a.b"},'.repeat(1_200_000)}{}]`),
      "is one JSON array; expected one event per line (convert it with: jq -c '.[]')",
    ],
    [
      "cr.ndjson",
      '{"action":"a.b"}\r{"action":"a.c"}\r',
      "ends its lines in CR alone; expected LF or CR LF (convert it with: tr '\\r' '\\n')",
    ],
    ...[
      '{"action":"a.b"}{"action":"a.c"}',
      '{"action":"a.b"} {"action":"a.c"}\n{"action":"a.d"}\n',
      '{"action":"a.b"}{"acti',
    ].map((content): [string, string, string] => [
      "firehose.json",
      content,
      "has several events on one line; expected one event per line (convert it with: jq -c .)",
    ]),
    ...["sep=;\r\naction;actor_id\r\n", "sep=,\naction,actor_id\n"].map((content): [string, string, string] => [
      "excel.csv",
      content,
      "begins with the line sep= of a spreadsheet; expected names of columns (leave it out with: tail -n +2)",
    ]),
    [
      "export.csv",
      "Action,customer\norder.placed,u1\n",
      "has no action: name its column with --map action=COLUMN, or one for all with --set action=noun.verb_past; its columns are Action, customer",
    ],
    [
      "pretty.json",
      '{\n  "action": "a.b"\n}\n{\n  "action": "a.c"\n}\n',
      "has JSON over several lines; expected one event per line (convert it with: jq -c .)",
    ],
    [
      "table.txt",
      '\uFEFF"action",occurred_at\r\na.b,2026-03-01T10:00:00Z\r\n',
      "begins with column names; expected one JSON event per line (if it is CSV say --format csv)",
    ],
    ["table.parquet", parquet, "is Parquet; expected UTF-8 text, plain or gzip (convert it to NDJSON first)"],
    ["table.csv", parquet, "is Parquet; expected UTF-8 text, plain or gzip (convert it to NDJSON first)"],
    [
      "table.orc",
      Buffer.from("ORC\n\x00\xff"),
      "is ORC; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
    [
      "table.arrow",
      Buffer.from("ARROW1\0\0"),
      "is Arrow; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
    [
      "table.db",
      Buffer.from("SQLite format 3\0"),
      "is a SQLite database; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
    [
      "old.xls",
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      "is an Excel workbook; expected UTF-8 text, plain or gzip (save it as CSV UTF-8)",
    ],
    [
      "events.tar.gz",
      gzipSync(
        Buffer.concat([Buffer.from("events.ndjson".padEnd(257, "\0")), Buffer.from("ustar\x0000"), Buffer.alloc(248)]),
      ),
      "is a tar archive; expected UTF-8 text, plain or gzip (unpack it with: tar -x)",
    ],
    [
      "picture.ndjson",
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]),
      "is not text; expected UTF-8 text, plain or gzip (convert it to NDJSON first)",
    ],
  ] as const) {
    it(`is refused by name when it ${message}`, async () => {
      const path = file(name, content);
      await assert.rejects(read(path), { message: `${path} ${message}` });
    });
  }

  it("is refused by name when it is missing or a folder", async () => {
    await assert.rejects(fileSource(join(files.folder, "none")), {
      message: `${join(files.folder, "none")} does not exist`,
    });
    const pattern = join(files.folder, "*.ndjson");
    await assert.rejects(fileSource(pattern), {
      message: `${pattern} does not exist; patterns are for the shell, which found no such file or was kept out by quotes`,
    });
    await assert.rejects(fileSource(files.folder), {
      message: `${files.folder} is a folder; expected a file (for a git repository use --git ${files.folder})`,
    });
  });
});
