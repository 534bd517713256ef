import { dynamicGet } from "../translate/expressions/paths";
import { once, UNDEFINED, withoutUndefined } from "../translate/sql";
import { OBJECT, VARIANT } from "../types/dataType";
import { aggregate, type FunctionTable, scalar, variadic } from "./call";

/** GET takes a key for an OBJECT and a place for an ARRAY; anything else gives NULL. */
const get = scalar(2, 2, (call) => {
  const step = call.arg(1);
  const found = dynamicGet(call.stored(0), step.type.kind === "FLOAT" ? call.numeric(1) : step);
  const isKey = step.type.kind === "VARCHAR";
  return call.result(isKey ? found : withoutUndefined(found), VARIANT, true);
});

const objectAgg = aggregate(2, 2, (call) => {
  const value = call.asVariant(1);
  const pairs = call.aggregate("list", `[${call.text(0)}, (${value})::VARCHAR]`, {
    filter: `${call.text(0)} IS NOT NULL AND ${value} IS NOT NULL`,
  });
  return call.result(`sf_object_of(coalesce(${pairs}, []))`, OBJECT, false);
});

/** Source: https://docs.snowflake.com/en/sql-reference/functions-semistructured */
export const objectFunctions: FunctionTable = {
  GET: get,
  GET_IGNORE_CASE: scalar(2, 2, (call) =>
    call.result(`sf_get_ignore_case(${call.stored(0)}, ${call.text(1)})`, VARIANT, true),
  ),
  GET_PATH: scalar(2, 2, (call) => call.result(`sf_get_path(${call.stored(0)}, ${call.text(1)})`, VARIANT, true)),
  OBJECT_INSERT: scalar(3, 4, (call) => {
    const update = call.has(3) ? call.bool(3) : "FALSE";
    const object = call.stored(0, "OBJECT");
    // Without a value the key is taken out; without a key nothing changes.
    return call.result(
      once(
        object,
        (x) =>
          `CASE WHEN ${x} IS NOT NULL AND ${call.text(1)} IS NOT NULL THEN sf_object_insert(${x}, ${call.text(1)}, coalesce(${call.variant(2)}, ${UNDEFINED}), coalesce(${update}, FALSE)) ELSE ${x} END`,
      ),
      OBJECT,
      true,
    );
  }),
  OBJECT_PICK: variadic(2, (call) => {
    const only = call.count === 2 && ["ARRAY", "VARIANT"].includes(call.arg(1).type.kind);
    const keys = only
      ? call.stored(1, "ARRAY")
      : `to_json([${call.args
          .slice(1)
          .map((_, i) => call.text(i + 1))
          .join(", ")}])`;
    return call.result(`sf_object_pick(${call.stored(0, "OBJECT")}, ${keys})`, OBJECT);
  }),
  OBJECT_AGG: objectAgg,
  OBJECTAGG: objectAgg,
};
