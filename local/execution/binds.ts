import { SnowflakeError } from "../errors";
import { wireToPhysical } from "../results/value";
import {
  BOOLEAN,
  binary,
  DATE,
  type DataType,
  DECFLOAT,
  FLOAT,
  NULL,
  number,
  time,
  timestampLtz,
  timestampNtz,
  timestampTz,
  VARIANT,
  varchar,
} from "../types/dataType";
import { tagJson } from "../types/taggedJson";
import { bindToWire, plainDigits } from "./bindToWire";
import { type Binds, NO_BINDS, type Value } from "./value";

/** `bindings` of a request: number of the placeholder from 1 → type and text (array bind: texts). */
export type WireBindings = Record<string, { type: string; value: string | null | (string | null)[]; fmt?: string }>;

const typeOf = (wire: string, texts: readonly (string | null)[]): DataType => {
  switch (wire.toUpperCase()) {
    case "FIXED": {
      let scale = 0;
      for (const text of texts) {
        const plain = text === null ? undefined : plainDigits(text);
        if (plain?.includes(".")) scale = Math.max(scale, plain.length - plain.indexOf(".") - 1);
      }
      return number(38, Math.min(scale, 37));
    }
    case "REAL":
      return FLOAT;
    case "DECFLOAT":
      return DECFLOAT;
    case "BOOLEAN":
      return BOOLEAN;
    case "DATE":
      return DATE;
    case "TIME":
      return time();
    case "TIMESTAMP":
    case "TIMESTAMP_NTZ":
      return timestampNtz();
    case "TIMESTAMP_LTZ":
      return timestampLtz();
    case "TIMESTAMP_TZ":
      return timestampTz();
    case "BINARY":
      return binary();
    case "VARIANT":
    case "OBJECT":
    case "ARRAY":
    case "JSON":
      return VARIANT;
    case "TEXT":
    case "INTERVAL_YEAR_MONTH":
    case "INTERVAL_DAY_TIME":
    case "ANY":
    case "CHAR":
      return varchar();
    default:
      throw new SnowflakeError("000002", "0A000", `Unsupported feature 'bind of type ${wire}'.`);
  }
};

function bindValue(type: DataType, text: string | null): Value {
  if (text === null) return { type, value: null };
  if (type.kind === "VARIANT") return { type, value: tagJson(asJson(text)) };
  return { type, value: wireToPhysical(type, bindToWire(type, text)) };
}

/** A bound object or array is JSON; other texts that a driver calls VARIANT are strings. */
const asJson = (text: string): string => {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
};

/** What the client sent with a statement, in our terms. */
export function readBinds(bindings: WireBindings | undefined | null): Binds {
  if (!bindings) return NO_BINDS;
  const all = Object.keys(bindings);
  const keys = all.filter((key) => /^\d+$/.test(key)).sort((a, b) => Number(a) - Number(b));
  const names = all.filter((key) => !/^\d+$/.test(key));
  if (names.length > 0) return { ...numbered(bindings, keys), named: named(bindings, names) };
  return keys.length === 0 ? NO_BINDS : numbered(bindings, keys);
}

/** Binds of drivers that name them (.NET): `@name` or `:name` in the driver, `:name` in the text. */
function named(bindings: WireBindings, names: readonly string[]): Map<string, Value> {
  return new Map(
    names.map((name) => {
      const { type, value } = bindings[name] as WireBindings[string];
      if (Array.isArray(value)) throw new SnowflakeError("000002", "0A000", "Unsupported feature 'named array binds'.");
      return [name.replace(/^[:@]/, "").toUpperCase(), bindValue(typeOf(type, [value]), value)];
    }),
  );
}

function numbered(bindings: WireBindings, keys: readonly string[]): Binds {
  const entries = keys.map((key) => bindings[key] as WireBindings[string]);
  if (!entries.some((entry) => Array.isArray(entry.value))) {
    return {
      values: entries.map((entry) =>
        bindValue(typeOf(entry.type, [entry.value as string | null]), entry.value as string | null),
      ),
    };
  }
  const columns = entries.map((entry) => {
    const texts = entry.value as (string | null)[];
    // The Go driver calls a column of nothing but NULL a number, whatever is bound to it.
    const type = texts.every((text) => text === null) ? NULL : typeOf(entry.type, texts);
    return {
      type,
      texts: texts.map((text) =>
        type.kind === "VARIANT" && text !== null ? tagJson(asJson(text)) : bindToWire(type, text),
      ),
    };
  });
  return { values: [], batch: { rowCount: columns[0]?.texts.length ?? 0, columns } };
}

export { decodeWire as decodeBind } from "../results/decode";
