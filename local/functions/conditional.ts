import { commonType } from "../translate/conversion/unify";
import { BOOLEAN } from "../types/dataType";
import { type Call, type FunctionTable, scalar, variadic } from "./call";

function iff(call: Call) {
  const { type, values } = call.common(1);
  const [yes, no] = values as [(typeof values)[number], (typeof values)[number]];
  return call.result(`CASE WHEN ${call.bool(0)} THEN ${yes.sql} ELSE ${no.sql} END`, type, yes.nullable || no.nullable);
}

function coalesced(call: Call) {
  const { type, values } = call.common();
  return call.result(
    `coalesce(${values.map((value) => value.sql).join(", ")})`,
    type,
    values.every((value) => value.nullable),
  );
}

/** GREATEST and LEAST: any NULL gives NULL, unlike the engine's. */
function extreme(call: Call, fn: "greatest" | "least") {
  const { type, values } = call.common();
  if (["TIMESTAMP_TZ", "VARIANT", "OBJECT", "ARRAY"].includes(type.kind)) call.fail();
  const anyNull = values.map((value) => `${value.sql} IS NULL`).join(" OR ");
  return call.result(
    `CASE WHEN ${anyNull} THEN NULL ELSE ${fn}(${values.map((value) => value.sql).join(", ")}) END`,
    type,
  );
}

/** DECODE: NULL finds NULL; without a match the last argument, if it stands alone, otherwise NULL. Source: …/functions/decode */
function decode(call: Call) {
  const results = call.args.filter((_, i) => i > 0 && (i % 2 === 0 || i === call.count - 1));
  const type = commonType(results);
  const converted = (i: number) => (type.kind === "NULL" ? call.arg(i) : call.to(i, type)).sql;
  const branches: string[] = [];
  for (let i = 1; i + 1 < call.count; i += 2) {
    const kind = commonType([call.arg(0), call.arg(i)]);
    const key = (n: number) => {
      const value = kind.kind === "NULL" ? call.arg(n).sql : call.to(n, kind).sql;
      return kind.kind === "TIMESTAMP_TZ" ? `(${value}).utc` : value;
    };
    branches.push(`WHEN ${key(0)} IS NOT DISTINCT FROM ${key(i)} THEN ${converted(i + 1)}`);
  }
  const fallback = call.count % 2 === 0 ? converted(call.count - 1) : "NULL";
  return call.result(`CASE ${branches.join(" ")} ELSE ${fallback} END`, type, true);
}

export const conditionalFunctions: FunctionTable = {
  DECODE: variadic(3, decode),
  IFF: scalar(3, 3, iff),
  COALESCE: variadic(2, coalesced),
  IFNULL: scalar(2, 2, coalesced),
  NVL: scalar(2, 2, coalesced),
  NVL2: scalar(3, 3, (call) => {
    const { type, values } = call.common(1);
    return call.result(
      `CASE WHEN ${call.arg(0).sql} IS NOT NULL THEN ${values[0]!.sql} ELSE ${values[1]!.sql} END`,
      type,
      true,
    );
  }),
  NULLIF: scalar(2, 2, (call) => {
    const { values } = call.common();
    if (values.some(({ type }) => ["TIMESTAMP_TZ", "VARIANT", "OBJECT", "ARRAY"].includes(type.kind))) call.fail();
    return call.result(
      `CASE WHEN ${values[0]!.sql} = ${values[1]!.sql} THEN NULL ELSE ${call.arg(0).sql} END`,
      call.arg(0).type,
      true,
    );
  }),
  EQUAL_NULL: scalar(2, 2, (call) => {
    const { type, values } = call.common();
    const key = (sql: string) => (type.kind === "TIMESTAMP_TZ" ? `(${sql}).utc` : sql);
    return call.result(`(${key(values[0]!.sql)} IS NOT DISTINCT FROM ${key(values[1]!.sql)})`, BOOLEAN, false);
  }),
  GREATEST: variadic(1, (call) => extreme(call, "greatest")),
  LEAST: variadic(1, (call) => extreme(call, "least")),
  ZEROIFNULL: scalar(1, 1, (call) => call.result(`coalesce(${call.numeric(0).sql}, 0)`, call.numeric(0).type, false)),
};
