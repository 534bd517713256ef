import { type Bound, constantNumber } from "../translate/bound";
import { concat } from "../translate/expressions/arithmetic";
import { once, onceBoth, raise } from "../translate/sql";
import { BOOLEAN, number, varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar, textFunction, textLength, variadic } from "./call";

const LENGTH = number(18, 0);

/** Characters that a text may have at most. */
const MAX_TEXT = 134_217_728;

/** Raises the error of a value that is larger than any may be. */
export const tooLarge = (size: string): string =>
  raise(
    "100082",
    "22000",
    `Max LOB size (${MAX_TEXT}) exceeded, actual size of parsed column is `,
    `(${size})::VARCHAR`,
    "",
    "VARCHAR",
  );

const isPositive = (value: Bound): boolean => {
  const known = constantNumber(value);
  return known !== undefined && Number.isInteger(known) && known > 0;
};

/** Positions count from 1; negative ones from the end; 0 is 1. Source: …/functions/substr */
function substring(call: Call) {
  const text = call.text(0);
  const [from, size] = [constantNumber(call.arg(1)), call.has(2) ? constantNumber(call.arg(2)) : undefined];
  // Most calls say outright which part they want.
  const isKnown = from !== undefined && Number.isInteger(from) && (!call.has(2) || (isPositive(call.arg(2)) && size));
  const part = call.has(2) ? `${from}, ${size}` : `${from}`;
  if (isKnown && from > 0) return call.result(`substring(${text}, ${part})`, varchar(textLength(call.arg(0).type)));
  if (isKnown && from < 0) {
    const known = once(text, (x) => `CASE WHEN length(${x}) < ${-from} THEN '' ELSE substring(${x}, ${part}) END`);
    return call.result(known, varchar(textLength(call.arg(0).type)));
  }
  const sql = once(text, (x) =>
    once(call.int(1), (start) => {
      const from = `CASE WHEN ${start} = 0 THEN 1 WHEN ${start} < 0 THEN length(${x}) + ${start} + 1 ELSE ${start} END`;
      const rest = `greatest(${from}, 0)`;
      if (!call.has(2))
        return `CASE WHEN ${start} IS NULL THEN NULL WHEN ${start} < -length(${x}) THEN '' ELSE substring(${x}, ${rest}) END`;
      return once(
        call.int(2),
        (size) =>
          `CASE WHEN ${x} IS NULL OR ${start} IS NULL OR ${size} IS NULL THEN NULL WHEN ${start} < -length(${x}) OR ${size} <= 0 THEN '' ELSE substring(${x}, ${rest}, ${size}) END`,
      );
    }),
  );
  return call.result(sql, varchar(textLength(call.arg(0).type)));
}

/** SPLIT_PART: part 0 is part 1, negative parts count from the end, a missing part is ''. */
function splitPart(call: Call) {
  const sql = onceBoth(call.text(0), call.text(1), (text, separator) =>
    once(call.int(2), (n) => {
      const part = `CASE WHEN ${n} = 0 THEN 1 ELSE ${n} END`;
      return `CASE WHEN ${separator} = '' THEN CASE WHEN ${text} IS NULL OR ${n} IS NULL THEN NULL WHEN ${part} IN (1, -1) THEN ${text} ELSE '' END ELSE split_part(${text}, ${separator}, (${part})::INTEGER) END`;
    }),
  );
  return call.result(sql, varchar(textLength(call.arg(0).type)));
}

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
): string =>
  onceBoth(
    call.text(0),
    call.int(1),
    (x, n) =>
      `CASE WHEN ${x} IS NULL OR ${n} IS NULL THEN NULL WHEN ${n} <= 0 THEN '' WHEN ${size(x, n)} > ${MAX_TEXT} THEN ${tooLarge(size(x, n))} ELSE ${build(x, n)} END`,
  );

const padded = (fn: "lpad" | "rpad") =>
  scalar(2, 3, (call) => {
    const filler = call.has(2) ? call.text(2) : "' '";
    const fill = (x: string, n: string): string =>
      call.has(2)
        ? once(filler, (f) => `CASE WHEN ${f} = '' THEN left(${x}, ${n}) ELSE ${fn}(${x}, (${n})::INTEGER, ${f}) END`)
        : `${fn}(${x}, (${n})::INTEGER, ' ')`;
    return call.result(counted(call, fill), varchar());
  });

const cut = (fn: "left" | "right") =>
  scalar(2, 2, (call) =>
    call.result(
      isPositive(call.arg(1)) ? `${fn}(${call.text(0)}, ${call.int(1)})` : counted(call, (x, n) => `${fn}(${x}, ${n})`),
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
  CONCAT: variadic(1, (call) => call.args.slice(1).reduce((a, b) => concat(call.binder, a, b), first(call))),
  // Unlike the engine's, any NULL makes the result NULL; so does a NULL between texts that stand alone.
  CONCAT_WS: variadic(2, (call) => {
    const [separator, ...rest] = call.args.map((_, i) => call.text(i)) as [string, ...string[]];
    const joined = `(${rest.join(` || ${separator} || `)})`;
    const sql = rest.length > 1 ? joined : `CASE WHEN ${separator} IS NOT NULL THEN ${joined} END`;
    return call.result(sql, varchar());
  }),
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
  UPPER: textFunction(1, (a) => `upper(${a})`),
  LOWER: textFunction(1, (a) => `lower(${a})`),
  REVERSE: textFunction(1, (a) => `reverse(${a})`),
  TRIM: trimmed("trim"),
  LTRIM: trimmed("ltrim"),
  RTRIM: trimmed("rtrim"),
  LPAD: padded("lpad"),
  RPAD: padded("rpad"),
  REPEAT: scalar(2, 2, (call) => {
    const repeated = (x: string, n: string): string => `repeat(${x}, ${n})`;
    return call.result(
      counted(call, repeated, (x, n) => `(${n}::HUGEINT * length(${x}))`),
      varchar(),
    );
  }),
  REPLACE: scalar(2, 3, (call) => {
    const to = call.has(2) ? call.text(2) : "''";
    const sql = once(to, (t) =>
      onceBoth(
        call.text(0),
        call.text(1),
        (x, from) => `CASE WHEN ${from} = '' AND ${t} IS NOT NULL THEN ${x} ELSE replace(${x}, ${from}, ${t}) END`,
      ),
    );
    return call.result(sql, varchar());
  }),
  LEFT: cut("left"),
  RIGHT: cut("right"),
  SUBSTR: scalar(2, 3, substring),
  SUBSTRING: scalar(2, 3, substring),
  SPLIT_PART: scalar(3, 3, splitPart),
  STARTSWITH: scalar(2, 2, (call) => call.result(`starts_with(${call.text(0)}, ${call.text(1)})`, BOOLEAN)),
  ENDSWITH: scalar(2, 2, (call) => call.result(`ends_with(${call.text(0)}, ${call.text(1)})`, BOOLEAN)),
  CONTAINS: scalar(2, 2, (call) => call.result(`contains(${call.text(0)}, ${call.text(1)})`, BOOLEAN)),
  CHR: character,
  CHAR: character,
  ASCII: scalar(1, 1, (call) => call.result(`ascii(${call.text(0)})::DECIMAL(38,0)`, number(38, 0))),
};
