import { type Bound, constantNumber, constantText } from "../translate/bound";
import { asText } from "../translate/conversion/cast";
import { isNoText } from "../translate/expressions/arithmetic";
import { concatenated, joinedTexts } from "../translate/expressions/concatenation";
import { isTest } from "../translate/predicateNodes";
import { once, onceBoth, raise } from "../translate/sql";
import { BOOLEAN, MAX_LOB_SIZE, number, varchar } from "../types/dataType";
import { alsoOfBytes } from "./bytes";
import { type Call, type FunctionTable, scalar, textFunction, textLength, variadic } from "./call";
import { byCollation } from "./collatedSearch";

const LENGTH = number(18, 0);

/** Raises the error of a value that is larger than any may be. */
export const tooLarge = (size: string): string =>
  raise(
    "100082",
    "22000",
    `Max LOB size (${MAX_LOB_SIZE}) exceeded, actual size of parsed column is `,
    `(${size})::VARCHAR`,
    "",
    "VARCHAR",
  );

/** Digits of a NUMBER that is below it for sure. */
const SMALL_DIGITS = 8;

const isPositive = (value: Bound): boolean => {
  const known = constantNumber(value);
  return known !== undefined && Number.isInteger(known) && known > 0 && known <= MAX_LOB_SIZE;
};

/** Positions count from 1; negative ones from the end; 0 is 1. Source: …/functions/substr */
function substring(call: Call) {
  const text = call.text(0);
  const [from, size] = [constantNumber(call.arg(1)), call.has(2) ? constantNumber(call.arg(2)) : undefined];
  // Most calls say outright which part they want.
  const isNear = from !== undefined && Number.isInteger(from) && Math.abs(from) <= MAX_LOB_SIZE;
  const isKnown = isNear && (!call.has(2) || (isPositive(call.arg(2)) && size));
  const part = call.has(2) ? `${from}, ${size}` : `${from}`;
  if (isKnown && from > 0) return call.result(`substring(${text}, ${part})`, varchar(textLength(call.arg(0).type)));
  if (isKnown && from < 0) {
    const known = once(text, (x) => `CASE WHEN length(${x}) < ${-from} THEN '' ELSE substring(${x}, ${part}) END`);
    return call.result(known, varchar(textLength(call.arg(0).type)));
  }
  const sql = once(text, (x) =>
    once(call.int(1), (start) => {
      const from = `CASE WHEN ${start} = 0 THEN 1 WHEN ${start} < 0 THEN length(${x}) + ${start} + 1 ELSE ${start} END`;
      // The engine's own limit of places and lengths is 4294967295.
      const rest = `least(greatest(${from}, 0), ${MAX_LOB_SIZE + 1})`;
      if (!call.has(2))
        return `CASE WHEN ${start} IS NULL THEN NULL WHEN ${start} < -length(${x}) THEN '' ELSE substring(${x}, ${rest}) END`;
      return once(
        call.int(2),
        (size) =>
          `CASE WHEN ${x} IS NULL OR ${start} IS NULL OR ${size} IS NULL THEN NULL WHEN ${start} < -length(${x}) OR ${size} <= 0 THEN '' ELSE substring(${x}, ${rest}, least(${size}, ${MAX_LOB_SIZE})) END`,
      );
    }),
  );
  return call.result(sql, varchar(textLength(call.arg(0).type)));
}

/** SPLIT_PART: part 0 is part 1, negative parts count from the end, a missing part is ''. */
function splitPart(call: Call) {
  const part = constantNumber(call.arg(2));
  if (constantText(call.arg(1)) && part !== undefined && Number.isSafeInteger(part))
    return call.result(
      `split_part(${call.text(0)}, ${call.text(1)}, ${part || 1})`,
      varchar(textLength(call.arg(0).type)),
    );
  const sql = onceBoth(call.text(0), call.text(1), (text, separator) =>
    once(call.int(2), (n) => {
      const part = `CASE WHEN ${n} = 0 THEN 1 ELSE ${n} END`;
      return `CASE WHEN ${separator} = '' THEN CASE WHEN ${text} IS NULL OR ${n} IS NULL THEN NULL WHEN ${part} IN (1, -1) THEN ${text} ELSE '' END ELSE split_part(${text}, ${separator}, (${part})::INTEGER) END`;
    }),
  );
  return call.result(sql, varchar(textLength(call.arg(0).type)));
}

/** REPLACE: an empty text is nowhere. */
function replaced(call: Call) {
  const to = call.has(2) ? call.text(2) : "''";
  const sql = once(to, (t) =>
    onceBoth(
      call.text(0),
      call.text(1),
      (x, from) => `CASE WHEN ${from} = '' AND ${t} IS NOT NULL THEN ${x} ELSE replace(${x}, ${from}, ${t}) END`,
    ),
  );
  return call.result(sql, varchar());
}

/** Whether a text begins with, ends with or has another one. */
const tested = (fn: string) =>
  byCollation(
    alsoOfBytes(scalar(2, 2, (call) => call.result(`${fn}(${call.text(0)}, ${call.text(1)})`, BOOLEAN))),
    "WHETHER",
    { text: 0, sought: 1 },
  );

const trimmed = (fn: string) =>
  scalar(1, 2, (call) =>
    call.result(
      call.has(1) ? `${fn}(${call.text(0)}, ${call.text(1)})` : `${fn}(${call.text(0)}, ' ')`,
      varchar(textLength(call.arg(0).type)),
    ),
  );

/** A text and a number of characters; less than one gives an empty text, NULL in either NULL. */
const counted = (
  call: Call,
  build: (text: string, n: string) => string,
  size: (text: string, n: string) => string = (_, n) => n,
): string => {
  const { type } = call.arg(1);
  const isSmall = size("", "n") === "n" && type.kind === "NUMBER" && type.scale === 0 && type.precision <= SMALL_DIGITS;
  if (isSmall)
    return onceBoth(
      call.text(0),
      call.int(1),
      (x, n) => `CASE WHEN ${n} > 0 THEN ${build(x, n)} ELSE left(${x}, ${n} * 0) END`,
    );
  return onceBoth(
    call.text(0),
    call.int(1),
    (x, n) =>
      `CASE WHEN ${x} IS NULL OR ${n} IS NULL THEN NULL WHEN ${n} <= 0 THEN '' WHEN ${size(x, n)} > ${MAX_LOB_SIZE} THEN ${tooLarge(size(x, n))} ELSE ${build(x, n)} END`,
  );
};

const padded = (fn: "lpad" | "rpad") =>
  scalar(2, 3, (call) => {
    const filler = call.has(2) ? call.text(2) : "' '";
    const fill = (x: string, n: string): string =>
      call.has(2)
        ? once(filler, (f) => `CASE WHEN ${f} = '' THEN left(${x}, ${n}) ELSE ${fn}(${x}, (${n})::INTEGER, ${f}) END`)
        : `${fn}(${x}, (${n})::INTEGER, ' ')`;
    if (isPositive(call.arg(1)) && (!call.has(2) || constantText(call.arg(2))))
      return call.result(`${fn}(${call.text(0)}, ${constantNumber(call.arg(1))}, ${filler})`, varchar());
    return call.result(counted(call, fill), varchar());
  });

const cut = (fn: "left" | "right") =>
  scalar(2, 2, (call) =>
    call.result(
      isPositive(call.arg(1))
        ? `${fn}(${call.text(0)}, ${call.int(1)})`
        : counted(
            call,
            (x, n) => `${fn}(${x}, least(${n}, ${MAX_LOB_SIZE}))`,
            () => "0",
          ),
      varchar(textLength(call.arg(0).type)),
    ),
  );

const length = scalar(1, 1, (call) =>
  call.result(
    call.arg(0).type.kind === "BINARY"
      ? `octet_length(${call.arg(0).sql})::DECIMAL(18,0)`
      : `length(${call.text(0)})::DECIMAL(18,0)`,
    LENGTH,
  ),
);

/** A number that is no code point is an error. Source: …/functions/chr */
const character = scalar(1, 1, (call) => call.result(`sf_chr(${call.int(0)})`, varchar(1)));

/** One argument alone is still a text. */
const first = (call: Call): Bound =>
  call.count === 1 && call.arg(0).type.kind !== "BINARY" ? call.to(0, varchar()) : call.arg(0);

export const stringFunctions: FunctionTable = {
  CONCAT: variadic(1, (call) => {
    const isBytes = ({ type }: Bound) => type.kind === "BINARY" || type.kind === "NULL";
    if (call.args.some(({ type }) => isNoText(type)) && !call.args.every(isBytes)) call.fail();
    if (call.args.some(({ node }) => isTest(node))) call.fail();
    return concatenated(call.binder, [first(call), ...call.args.slice(1)]);
  }),
  // Unlike the engine's, any NULL makes the result NULL; a text that stands alone needs no separator.
  CONCAT_WS: alsoOfBytes(
    variadic(2, (call) => {
      // Alone of its kin it takes the answer of a test.
      const texts = call.args.map((value, i) =>
        value.type.kind === "BOOLEAN" ? asText(value, call.settings) : call.text(i),
      );
      const [separator, ...rest] = texts as [string, ...string[]];
      return call.result(joinedTexts(rest.flatMap((text, i) => (i === 0 ? [text] : [separator, text]))), varchar());
    }),
  ),
  LENGTH: length,
  LEN: length,
  OCTET_LENGTH: scalar(1, 1, (call) =>
    call.result(
      call.arg(0).type.kind === "BINARY"
        ? `octet_length(${call.arg(0).sql})::DECIMAL(18,0)`
        : `strlen(${call.text(0)})::DECIMAL(18,0)`,
      LENGTH,
    ),
  ),
  // The engine maps letter by letter, so that ß stays one. Source: …/functions/upper, its example
  UPPER: textFunction(1, (a) =>
    once(a, (x) => `CASE WHEN strlen(${x}) = length(${x}) THEN upper(${x}) ELSE sf_upper(${x}) END`),
  ),
  LOWER: textFunction(1, (a) => `lower(${a})`),
  REVERSE: alsoOfBytes(textFunction(1, (a) => `reverse(${a})`)),
  TRIM: trimmed("trim"),
  LTRIM: trimmed("ltrim"),
  RTRIM: trimmed("rtrim"),
  // Bytes have no blank to be filled up with.
  LPAD: alsoOfBytes(padded("lpad"), 3),
  RPAD: alsoOfBytes(padded("rpad"), 3),
  REPEAT: scalar(2, 2, (call) => {
    const repeated = (x: string, n: string): string => `repeat(${x}, ${n})`;
    return call.result(
      counted(call, repeated, (x, n) => `(${n}::HUGEINT * length(${x}))`),
      varchar(),
    );
  }),
  REPLACE: byCollation(scalar(2, 3, replaced), "PARTS", { text: 0, sought: 1 }),
  LEFT: alsoOfBytes(cut("left")),
  RIGHT: alsoOfBytes(cut("right")),
  SUBSTR: alsoOfBytes(scalar(2, 3, substring)),
  SUBSTRING: alsoOfBytes(scalar(2, 3, substring)),
  SPLIT_PART: byCollation(scalar(3, 3, splitPart), "PARTS", { text: 0, sought: 1 }),
  STARTSWITH: tested("starts_with"),
  ENDSWITH: tested("ends_with"),
  CONTAINS: tested("contains"),
  CHR: character,
  CHAR: character,
  // Of a character beyond ASCII, the first of its bytes in UTF-8.
  ASCII: scalar(1, 1, (call) =>
    call.result(
      once(
        call.text(0),
        (x) => `CASE WHEN ${x} = '' THEN 0 ELSE ('0x' || left(hex(left(${x}, 1)), 2))::INTEGER END::DECIMAL(4,0)`,
      ),
      number(4, 0),
    ),
  ),
};
