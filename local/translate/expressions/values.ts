import {
  DuckDBStructValue,
  type DuckDBTimestampTZValue,
  type DuckDBTimestampValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { BindPlaceholder, BindVariable, SessionVariable, Span } from "../../../dialect/index";
import { bindVariableNotSet, SnowflakeError, sessionVariableDoesNotExist } from "../../errors";
import type { Value } from "../../execution/value";
import { decodeWire } from "../../results/decode";
import { encoderOf } from "../../results/encode";
import { type DataType, physicalType } from "../../types/dataType";
import type { Binder, Shared } from "../binder";
import { type Bound, bound, nullBound } from "../bound";
import { stringBound } from "./literals";

/** What the SQL of a value needs of a translation. */
interface Parameters {
  shared: Shared;
}

/**
 * A value from outside the engine as SQL. Texts travel as parameters, so that a procedure's statement is the same text at every
 * call and the engine keeps its plan.
 */
export const valueBound = (binder: Binder, value: Value): Bound =>
  binder.shared.recorder ? binder.shared.recorder.value(value, plainValueBound) : plainValueBound(binder, value);

/** {@link valueBound}, which nobody takes note of. */
export function plainValueBound(binder: Parameters, { type, value }: Value): Bound {
  if (value === null || (value instanceof DuckDBStructValue && value.entries.utc === null)) {
    return type.kind === "NULL" || type.kind === "VARCHAR"
      ? nullBound()
      : bound(`NULL::${physicalType(type)}`, type, true, { kind: "null", text: "" });
  }
  switch (type.kind) {
    case "NULL":
    case "VARCHAR":
      return {
        ...stringBound(binder, value as string),
        sql: textSql(binder, value as string),
        type: type.kind === "NULL" ? { kind: "VARCHAR", length: 16_777_216 } : type,
      };
    case "BOOLEAN":
      return bound(value ? "TRUE" : "FALSE", type, false, { kind: "boolean", text: String(value) });
    case "NUMBER": {
      const text = encoderOf(type)(value);
      return bound(`CAST(${paramSql(binder, text)} AS ${physicalType(type)})`, type, false, { kind: "number", text });
    }
    case "FLOAT": {
      const text = String(Number(value));
      return bound(`CAST(${paramSql(binder, text)} AS DOUBLE)`, type, false, { kind: "number", text });
    }
    default:
      return bound(engineSql(binder, type, value), type, false);
  }
}

function engineSql(binder: Parameters, type: DataType, value: DuckDBValue): string {
  const moment = (micros: bigint) => `make_timestamp(CAST(${paramSql(binder, String(micros))} AS BIGINT))`;
  switch (type.kind) {
    case "TIMESTAMP_NTZ":
      return moment((value as DuckDBTimestampValue).micros);
    case "TIMESTAMP_LTZ":
      return `timezone('UTC', ${moment((value as DuckDBTimestampTZValue).micros)})`;
    case "TIMESTAMP_TZ": {
      const { utc, off } = (value as DuckDBStructValue).entries as { utc: DuckDBTimestampValue; off: number };
      return `struct_pack(utc := ${moment(utc.micros)}, off := (${off})::SMALLINT)`;
    }
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
      return `${paramSql(binder, value as string)}::JSON`;
    default:
      return decodeWire(type, paramSql(binder, encoderOf(type)(value)));
  }
}

/** A parameter under another cast has no type of its own for DuckDB, which would plan the statement anew at every run. */
const paramSql = (binder: Parameters, text: string) => `concat(${textSql(binder, text)})`;

const textSql = (binder: Parameters, text: string) => `${binder.shared.parameter(text)}::VARCHAR`;

export function placeholder(binder: Binder, node: BindPlaceholder): Bound {
  return numberedBind(binder, node.index + 1, "?", node);
}

function numberedBind(binder: Binder, number: number, name: string, { span }: { span: Span }): Bound {
  const fromBatch = binder.batch?.[number - 1];
  if (fromBatch) return fromBatch;
  const value = binder.context.binds.values[number - 1];
  if (!value && binder.context.binds.optional) return nullBound();
  if (!value) throw bindVariableNotSet(name, binder.position(span));
  return valueBound(binder, value);
}

/** `:name` or `:1`. */
export function bindVariable(binder: Binder, node: BindVariable): Bound {
  const name = node.name.value;
  if (/^\d+$/.test(name)) return numberedBind(binder, Number(name), `:${name}`, node);
  const { binds, variables } = binder.context;
  const value = variables?.get(name) ?? binds.named?.get(name.toUpperCase());
  if (!value && binds.optional) return nullBound();
  if (!value) throw bindVariableNotSet(`:${node.name.text.toLowerCase()}`, binder.position(node.span));
  return valueBound(binder, value);
}

/** `$name` */
export function sessionVariable(binder: Binder, node: SessionVariable): Bound {
  if (binder.context.rights.frame === "owner")
    throw new SnowflakeError(
      "090236",
      "42601",
      `Stored procedure execution error: Use of session variable '$${node.name.value}' is not allowed in owners rights stored procedure`,
    );
  const value = binder.context.session.variables.get(node.name.value);
  if (!value) throw sessionVariableDoesNotExist(node.name.value);
  return valueBound(binder, value);
}
