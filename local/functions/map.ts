import { compilationError, unsupportedArgumentType, wrongArgumentCount } from "../errors";
import { type Bound, isNullLiteral } from "../translate/bound";
import { asText, cast } from "../translate/conversion/cast";
import { commonType } from "../translate/conversion/unify";
import { toVariant } from "../translate/conversion/variant";
import { once } from "../translate/sql";
import { BOOLEAN, type DataType, isSemiStructured, number, sqlName } from "../types/dataType";
import { type Call, type FunctionTable, scalar, variadic } from "./call";

type MapType = DataType & { kind: "OBJECT"; map: NonNullable<Extract<DataType, { kind: "OBJECT" }>["map"]> };

function mismatch(call: Call): never {
  const types = call.args.map(({ type }) => sqlName(type).replace(/^MAP\(/, "map("));
  const listed = types.length > 1 ? `${types.slice(0, -1).join(", ")} and ${types.at(-1)}` : types[0];
  throw compilationError("001065", "22023", `Function ${call.name} cannot be used with arguments of types ${listed}`);
}

function mapType(call: Call, i: number): MapType {
  const { type } = call.arg(i);
  if (type.kind !== "OBJECT" || !type.map) return call.fail();
  return type as MapType;
}

/** A key as the text under which it is kept. */
function keyText(call: Call, i: number, { map }: MapType): string {
  const value = call.arg(i);
  if (value.type.kind !== map.key.kind && value.type.kind !== "NULL") mismatch(call);
  return asText(cast(value, map.key, call.settings), call.settings);
}

/** A value as it is kept; NULL becomes JSON null. */
function held(call: Call, value: Bound, { map }: MapType): string {
  const of = map.value.type;
  const converted = cast(value, of, call.settings);
  const stored = isSemiStructured(of) ? converted.sql : toVariant(converted, call.settings);
  return `coalesce(${stored}, 'null'::JSON)`;
}

/** Keys, one by one or as one ARRAY of texts. */
const keyList = (call: Call, type: MapType): string =>
  call.count === 2 && call.arg(1).type.kind === "ARRAY"
    ? call.stored(1, "ARRAY")
    : `to_json([${call.args
        .slice(1)
        .map((_, i) => keyText(call, i + 1, type))
        .join(", ")}])`;

/** Keys and values by turns; each kind takes one type. A NULL key drops its pair. */
function construct(call: Call): Bound {
  if (call.count % 2 === 1) throw wrongArgumentCount(call.name, call.count + 1, call.count, call.position());
  if (call.args.some(isNullLiteral)) throw unsupportedArgumentType(call.name, "NULL");
  const keys = call.args.filter((_, i) => i % 2 === 0);
  const values = call.args.filter((_, i) => i % 2 === 1);
  const [key, value] = [commonType(keys), commonType(values)];
  if (key.kind !== "VARCHAR" && !(key.kind === "NUMBER" && key.scale === 0)) call.fail();
  const type: MapType = { kind: "OBJECT", map: { key, value: { type: value } } };
  const pairs = keys.map((one, i) => {
    const name = asText(cast(one, key, call.settings), call.settings);
    return `[${name}, (${held(call, values[i] as Bound, type)})::VARCHAR]`;
  });
  return call.result(`sf_map([${pairs.join(", ")}])`, type, false);
}

/** Functions on MAP. Source: https://docs.snowflake.com/en/sql-reference/functions-semistructured */
export const mapFunctions: FunctionTable = {
  MAP_CONSTRUCT: variadic(2, construct),
  MAP_ENTRIES: scalar(1, 1, (call) => {
    const { key, value } = mapType(call, 0).map;
    const fields = [
      { name: "key", type: key, notNull: true },
      { name: "value", type: value.type },
    ];
    const type: DataType = { kind: "ARRAY", element: { type: { kind: "OBJECT", fields } } };
    return call.result(`sf_map_entries(${call.stored(0)}, ${key.kind === "NUMBER"})`, type);
  }),
  MAP_CAT: scalar(2, 2, (call) => {
    const [a, b] = [mapType(call, 0), mapType(call, 1)];
    if (sqlName(a) !== sqlName(b)) mismatch(call);
    return call.result(`sf_object_merge(${call.stored(0)}, ${call.stored(1)})`, a);
  }),
  MAP_CONTAINS_KEY: scalar(2, 2, (call) => {
    const type = mapType(call, 1);
    return call.result(`list_contains(json_keys(${call.stored(1)}), ${keyText(call, 0, type)})`, BOOLEAN);
  }),
  MAP_DELETE: variadic(2, (call) => {
    const type = mapType(call, 0);
    return call.result(`sf_object_without(${call.stored(0)}, ${keyList(call, type)})`, type);
  }),
  MAP_INSERT: scalar(3, 4, (call) => {
    const type = mapType(call, 0);
    const update = call.has(3) ? call.bool(3) : "FALSE";
    const sql = `sf_object_insert(${call.stored(0)}, ${keyText(call, 1, type)}, ${held(call, call.arg(2), type)}, ${update})`;
    return call.result(sql, type);
  }),
  MAP_KEYS: scalar(1, 1, (call) => {
    const { key } = mapType(call, 0).map;
    const type: DataType = { kind: "ARRAY", element: { type: key, notNull: true } };
    const keys = `json_keys(${call.stored(0)})`;
    const listed = key.kind === "NUMBER" ? `list_transform(${keys}, lambda k: k::DECIMAL(38,0)::VARCHAR::JSON)` : keys;
    return call.result(`to_json(${listed})`, type);
  }),
  MAP_PICK: variadic(2, (call) => {
    const type = mapType(call, 0);
    return call.result(`sf_object_pick(${call.stored(0)}, ${keyList(call, type)})`, type);
  }),
  MAP_SIZE: scalar(1, 1, (call) => {
    mapType(call, 0);
    return call.result(
      once(call.stored(0), (x) => `len(json_keys(${x}))::DECIMAL(9,0)`),
      number(9, 0),
    );
  }),
};
