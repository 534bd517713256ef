import type { FunctionCall, Star } from "../../dialect/index";
import { unsupportedKeyType } from "../errors";
import { bound, constantText, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { arrayOfOne, toVariant } from "../translate/conversion/variant";
import { expandStar } from "../translate/query/star";
import { once, quote } from "../translate/sql";
import {
  ARRAY,
  BOOLEAN,
  type DataType,
  number,
  OBJECT,
  sqlName,
  timestampLtz,
  timestampNtz,
  timestampTz,
  VARIANT,
  varchar,
} from "../types/dataType";
import { compareKeys } from "../udf/json/node";
import { type Call, type FunctionTable, scalar, variadic } from "./call";
import { byCollation } from "./collatedSearch";
import { onlyVariant } from "./onlyVariant";

const MARK = "\uE000";
const isString = (x: string) => `starts_with(${x}, '"')`;
const isMarked = (x: string, tag = "") => `starts_with(${x}, '"${MARK}${tag}')`;
const isObject = (x: string) => `starts_with(${x}, '{')`;
const isArray = (x: string) => `starts_with(${x}, '[')`;

/** Snowflake's name for the kind of value in a VARIANT, from the first characters of its stored form. Source: …/functions/typeof */
export const typeOf = (stored: string): string =>
  once(
    stored,
    (x) =>
      `CASE WHEN ${isMarked(x)} THEN sf_typeof(${x}) WHEN ${isString(x)} THEN 'VARCHAR' WHEN starts_with(${x}, '{"$":') THEN sf_typeof(${x}) WHEN ${isObject(x)} THEN 'OBJECT' WHEN ${isArray(x)} THEN 'ARRAY' WHEN ${x}::VARCHAR IN ('true', 'false') THEN 'BOOLEAN' WHEN ${x}::VARCHAR = 'null' THEN 'NULL_VALUE' WHEN contains(${x}::VARCHAR, '.') OR contains(${x}::VARCHAR, 'e') THEN 'DECIMAL' WHEN ${x} IS NOT NULL THEN 'INTEGER' END`,
  );

const isKind = (...kinds: string[]) =>
  scalar(1, 1, (call) =>
    call.result(`(${typeOf(call.asVariant(0))} IN (${kinds.map((kind) => `'${kind}'`).join(", ")}))`, BOOLEAN),
  );

/** A bracket tells the kind: nothing else in stored JSON begins with one. */
const isBracketed = (test: (x: string) => string) =>
  scalar(1, 1, (call) => call.result(test(call.asVariant(0)), BOOLEAN));

const asVarchar = scalar(1, 1, (call) => {
  onlyVariant(call);
  return call.result(
    once(
      call.variant(0),
      (x) =>
        `CASE WHEN ${isMarked(x)} THEN CASE WHEN ${isMarked(x, "S")} THEN sf_variant_string(${x}) END WHEN ${isString(x)} THEN json_extract_string(${x}, '$') END`,
    ),
    varchar(),
    true,
  );
});

interface Pair {
  /** The key where it is known. */
  constant: string | undefined;
  key: string;
  value: string;
}

/** A `*` alone stands for all columns by their names. */
const isOfColumns = ({ args }: FunctionCall): boolean => args.length === 1 && args[0]?.kind === "Star";

/** Keys, which are texts, and values in turn. */
function pairsOf(call: Call): Pair[] {
  const [star] = call.node.args;
  if (isOfColumns(call.node))
    return expandStar(call.binder, star as Star).map(({ name, value }) => ({
      constant: name,
      key: quote(name),
      value: toVariant(value, call.settings),
    }));
  if (call.count % 2 === 1) {
    const counts = `expected ${call.count + 1}, got ${call.count}`;
    throw call.error("001038", "22023", `invalid number of arguments for [${call.name}], ${counts}`);
  }
  const pairs: Pair[] = [];
  for (let i = 0; i < call.count; i += 2) {
    const [key, value] = [call.arg(i), call.arg(i + 1)];
    if (key.type.kind !== "VARCHAR" && key.type.kind !== "NULL") throw unsupportedKeyType(call.name, sqlName(key.type));
    pairs.push({
      constant: constantText(key),
      key: isNullLiteral(key) ? "NULL::VARCHAR" : call.text(i),
      value: isNullLiteral(value) ? "NULL::JSON" : call.variant(i + 1),
    });
  }
  return pairs;
}

/** Keys and values in turn; a NULL key drops its pair, a NULL value too unless it is kept as JSON null. Keys come out sorted. */
function construct(call: Call, keepNull: boolean) {
  if (call.count === 0) return call.result("'{}'::JSON", OBJECT, false);
  const pairs = pairsOf(call);
  const constant = pairs.every((pair) => pair.constant !== undefined);
  const names = pairs.map((pair) => pair.constant);
  if (constant && new Set(names).size < names.length)
    throw call.error("100070", "22000", "Duplicate field key in OBJECT_CONSTRUCT");
  // Keys that are known are put in order here, others by the engine.
  if (constant) pairs.sort((a, b) => compareKeys(a.constant as string, b.constant as string));
  const members = pairs.map(
    ({ key, value }) =>
      `(to_json(${key})::VARCHAR || ':' || ${keepNull ? `coalesce((${value})::VARCHAR, 'null')` : `(${value})::VARCHAR`})`,
  );
  const text = `('{' || concat_ws(',', ${members.join(", ")}) || '}')::JSON`;
  return call.result(constant ? text : `variant_normalize((${text})::VARIANT)::JSON`, OBJECT, false);
}

const arrayOf = (values: string[]): string =>
  values.length === 0
    ? "'[]'::JSON"
    : `('[' || concat_ws(',', ${values.map((value) => `coalesce((${value})::VARCHAR, '"${MARK}U"')`).join(", ")}) || ']')::JSON`;

/** The values that are not NULL; JSON null is one of them. Source: …/functions/array_construct_compact */
const compacted = (values: readonly string[]): string =>
  `to_json(list_filter([${values.map((value) => `(${value})::JSON`).join(", ")}]::JSON[], lambda item: item IS NOT NULL))`;

/** NULL unless the VARIANT holds such a value. Source: …/functions/as */
const asKind = (test: (x: string) => string, type: DataType) =>
  scalar(1, 1, (call) => {
    onlyVariant(call);
    return call.result(
      once(call.variant(0), (x) => `CASE WHEN ${test(x)} THEN ${x} END`),
      type,
      true,
    );
  });

/** NULL unless the VARIANT holds exactly such a timestamp. Source: …/functions/as_timestamp */
const asTimestamp = (tag: string, type: DataType) =>
  scalar(1, 1, (call) => {
    onlyVariant(call);
    return call.result(
      `CASE WHEN ${isMarked(call.variant(0), tag)} THEN ${cast(bound(call.variant(0), VARIANT), type, call.settings).sql} END`,
      type,
      true,
    );
  });

/** The second argument `'d'` lets the last of several equal keys win; `'s'`, the default, refuses them. Source: …/functions/parse_json */
const parseJson = (attempt: boolean) =>
  scalar(1, 2, (call) => {
    const mode = call.has(1) ? constantText(call.arg(1))?.toLowerCase() : "s";
    if (mode !== "s" && mode !== "d")
      throw call.error("001015", "22023", `Invalid parameter for function ${call.name}; expected 'd' or 's'`);
    return call.result(
      `sf_parse_json(${call.text(0)}, ${mode === "d"}, ${attempt})`,
      VARIANT,
      call.nullable || attempt,
    );
  });

export const semiStructuredFunctions: FunctionTable = {
  AS_TIMESTAMP_NTZ: asTimestamp("n", timestampNtz()),
  AS_TIMESTAMP_LTZ: asTimestamp("l", timestampLtz()),
  AS_TIMESTAMP_TZ: asTimestamp("z", timestampTz()),
  PARSE_JSON: parseJson(false),
  TRY_PARSE_JSON: parseJson(true),
  // Stored JSON is what TO_JSON prints, but for marked values and the engine's own spelling of control characters.
  TO_JSON: scalar(1, 1, (call) =>
    call.result(
      once(
        call.asVariant(0),
        (x) =>
          `CASE WHEN contains(${x}::VARCHAR, '${MARK}') OR contains(${x}::VARCHAR, '\\u00') THEN sf_to_json(${x}, ${quote(call.settings.timezone)}) ELSE ${x}::VARCHAR END`,
      ),
      varchar(),
    ),
  ),
  TYPEOF: scalar(1, 1, (call) => call.result(typeOf(call.asVariant(0)), varchar())),
  TO_VARIANT: scalar(1, 1, (call) => call.result(call.variant(0), VARIANT)),
  TO_OBJECT: scalar(1, 1, (call) => call.to(0, OBJECT)),
  TO_ARRAY: scalar(1, 1, (call) => {
    if (call.arg(0).type.kind === "VECTOR") return call.to(0, ARRAY);
    const value = call.arg(0);
    return value.type.kind === "VARIANT" || value.type.kind === "ARRAY"
      ? call.to(0, ARRAY)
      : call.result(arrayOfOne(value, call.settings), ARRAY);
  }),
  OBJECT_CONSTRUCT: variadic(0, (call) => construct(call, false), { readsStars: isOfColumns }),
  OBJECT_CONSTRUCT_KEEP_NULL: variadic(0, (call) => construct(call, true), { readsStars: isOfColumns }),
  ARRAY_CONSTRUCT: variadic(0, (call) =>
    call.result(arrayOf(call.args.map((arg, i) => (isNullLiteral(arg) ? "NULL" : call.variant(i)))), ARRAY, false),
  ),
  ARRAY_CONSTRUCT_COMPACT: variadic(0, (call) =>
    call.result(compacted(call.args.flatMap((arg, i) => (isNullLiteral(arg) ? [] : [call.variant(i)]))), ARRAY, false),
  ),
  ARRAY_SIZE: scalar(1, 1, (call) =>
    call.result(
      once(
        call.asVariant(0),
        (x) => `CASE WHEN json_type(${x}) = 'ARRAY' THEN json_array_length(${x})::DECIMAL(9,0) END`,
      ),
      number(9, 0),
      true,
    ),
  ),
  OBJECT_KEYS: scalar(1, 1, (call) => call.result(`to_json(json_keys(${call.stored(0, "OBJECT")}))`, ARRAY)),
  IS_NULL_VALUE: scalar(1, 1, (call) => call.result(`(${call.stored(0)}::VARCHAR = 'null')`, BOOLEAN)),
  STRIP_NULL_VALUE: scalar(1, 1, (call) =>
    call.result(
      once(call.stored(0), (x) => `CASE WHEN ${x}::VARCHAR <> 'null' THEN ${x} END`),
      VARIANT,
      true,
    ),
  ),
  IS_OBJECT: isBracketed(isObject),
  IS_ARRAY: isBracketed(isArray),
  IS_BOOLEAN: isKind("BOOLEAN"),
  IS_VARCHAR: isKind("VARCHAR"),
  IS_CHAR: isKind("VARCHAR"),
  IS_INTEGER: isKind("INTEGER"),
  IS_DECIMAL: isKind("INTEGER", "DECIMAL"),
  IS_DOUBLE: isKind("INTEGER", "DECIMAL", "DOUBLE"),
  IS_DATE: isKind("DATE"),
  AS_VARCHAR: asVarchar,
  AS_CHAR: asVarchar,
  AS_OBJECT: asKind(isObject, OBJECT),
  AS_ARRAY: asKind(isArray, ARRAY),
  SPLIT: byCollation(
    scalar(2, 2, (call) => call.result(`to_json(sf_split(${call.text(0)}, ${call.text(1)}))`, ARRAY)),
    "PARTS",
    { text: 0, sought: 1 },
  ),
  OBJECT_DELETE: variadic(2, (call) => {
    const object = call.stored(0, "OBJECT");
    const constants = call.args.slice(1).map(constantText);
    // The engine's merge takes out what the patch sets to null.
    if (constants.every((name) => name !== undefined)) {
      const patch = quote(JSON.stringify(Object.fromEntries(constants.map((name) => [name, null]))));
      return call.result(
        once(object, (x) => {
          const mayHave = constants.map((name) => `contains(${x}, ${quote(`${JSON.stringify(name)}:`)})`);
          return `CASE WHEN ${mayHave.join(" OR ")} THEN json_merge_patch(${x}, ${patch}::JSON) ELSE ${x} END`;
        }),
        OBJECT,
      );
    }
    const names = constants.map((_, i) => call.text(i + 1)).join(", ");
    return call.result(`sf_object_delete(${object}, to_json([${names}]))`, OBJECT);
  }),
};
