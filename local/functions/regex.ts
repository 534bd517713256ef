import { constantNumber, constantText } from "../translate/bound";
import { inlineFlags, regexMatch } from "../translate/regex";
import { once, quote } from "../translate/sql";
import { ARRAY, BOOLEAN, number, varchar } from "../types/dataType";
import { isPattern } from "../udf/text/regex";
import { type Call, type FunctionEntry, type FunctionTable, scalar, textLength } from "./call";

const COUNT = number(18, 0);

const text = (call: Call, i: number, fallback: string): string => (call.has(i) ? call.text(i) : fallback);
const int = (call: Call, i: number, fallback: string): string => (call.has(i) ? call.int(i) : fallback);

const like: FunctionEntry = scalar(2, 3, (call) => {
  const constant = call.arg(1).literal?.kind === "string" && (!call.has(2) || call.arg(2).literal?.kind === "string");
  // The engine's own matching serves patterns that are known beforehand, at its own speed.
  return constant
    ? call.result(regexMatch(call.binder, call.text(0), call.arg(1), call.has(2) ? call.arg(2) : undefined), BOOLEAN)
    : call.result(`sf_regexp_like(${call.text(0)}, ${call.text(1)}, ${text(call, 2, "'c'")})`, BOOLEAN);
});

/** Subject, pattern, position, occurrence, parameters, group. */
const substringArguments = (call: Call): string =>
  [call.text(0), call.text(1), int(call, 2, "1"), int(call, 3, "1"), text(call, 4, "'c'"), int(call, 5, "-1")].join(
    ", ",
  );

/** The first match, or a group of it that is part of every match, by the engine's own functions. */
function nativeSubstring(call: Call): string | undefined {
  const pattern = constantText(call.arg(1));
  const parameters = call.has(4) ? constantText(call.arg(4)) : "c";
  const isFirst = [2, 3].every((i) => !call.has(i) || constantNumber(call.arg(i)) === 1);
  if (!pattern || parameters === undefined || !isFirst || !isPattern(pattern)) return undefined;
  const given = call.has(5) ? constantNumber(call.arg(5)) : undefined;
  const group = given ?? (parameters.includes("e") ? 1 : 0);
  if (call.has(5) && (given === undefined || given < 0)) return undefined;
  // A group may be optional, or there may be none of that number: ours tells.
  if (group > 0 && (group !== 1 || !/^[^()|\\]*\((?!\?)[^()|\\]*\)(?![?*{])[^()|\\]*$/.test(pattern))) return undefined;
  const compiled = quote(inlineFlags(parameters) + pattern);
  return once(
    call.text(0),
    (x) => `CASE WHEN regexp_matches(${x}, ${compiled}) THEN regexp_extract(${x}, ${compiled}, ${group}) END`,
  );
}

const substringAll = scalar(2, 6, (call) =>
  call.result(`to_json(sf_regexp_substr_all(${substringArguments(call)}))`, ARRAY),
);

/** Source: https://docs.snowflake.com/en/sql-reference/functions-regexp */
export const regexFunctions: FunctionTable = {
  REGEXP_LIKE: like,
  RLIKE: like,
  REGEXP: like,
  REGEXP_REPLACE: scalar(2, 6, (call) =>
    call.result(
      `sf_regexp_replace(${[call.text(0), call.text(1), text(call, 2, "''"), int(call, 3, "1"), int(call, 4, "0"), text(call, 5, "'c'")].join(", ")})`,
      varchar(),
    ),
  ),
  REGEXP_SUBSTR: scalar(2, 6, (call) =>
    call.result(
      nativeSubstring(call) ?? `sf_regexp_substr(${substringArguments(call)})`,
      varchar(textLength(call.arg(0).type)),
      true,
    ),
  ),
  REGEXP_SUBSTR_ALL: substringAll,
  REGEXP_EXTRACT_ALL: substringAll,
  REGEXP_COUNT: scalar(2, 4, (call) =>
    call.result(
      `sf_regexp_count(${[call.text(0), call.text(1), int(call, 2, "1"), text(call, 3, "'c'")].join(", ")})::DECIMAL(18,0)`,
      COUNT,
    ),
  ),
  REGEXP_INSTR: scalar(2, 7, (call) =>
    call.result(
      `sf_regexp_instr(${[call.text(0), call.text(1), int(call, 2, "1"), int(call, 3, "1"), int(call, 4, "0"), text(call, 5, "'c'"), int(call, 6, "-1")].join(", ")})::DECIMAL(18,0)`,
      COUNT,
    ),
  ),
};
