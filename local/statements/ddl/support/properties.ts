import { type Name, type Property, type PropertyValue, propertiesOf } from "../../../../dialect/index";
import { kindText, type ObjectKind } from "../../../catalogue/model";
import { compilationError, invalidValue, type SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameOfText, nameParts } from "../../../names/parts";
import { type Scalar, scalarOf } from "./values";

/** `NAME = value` pairs of one statement, read by kind; what nobody asked for is refused by `finish`. */
export class Properties {
  private readonly given = new Map<string, Property>();
  private readonly read = new Set<string>();

  constructor(
    private readonly context: ExecutionContext,
    properties: readonly Property[],
  ) {
    for (const property of properties) {
      if (this.given.has(property.name)) {
        throw compilationError("001059", "22023", `duplicate property '${property.name}'`);
      }
      this.given.set(property.name, property);
    }
  }

  has(name: string): boolean {
    this.read.add(name);
    return this.given.has(name);
  }

  value(name: string): PropertyValue | undefined {
    this.read.add(name);
    return this.given.get(name)?.value;
  }

  scalar(name: string): Scalar | undefined {
    const value = this.value(name);
    return value === undefined ? undefined : scalarOf(this.context, value);
  }

  text(name: string): string | undefined {
    const value = this.scalar(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "string") return value;
    return String(value);
  }

  /** A word out of a list, written bare or quoted, in any case. */
  word<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.scalar(name);
    if (value === undefined || value === null) return undefined;
    const word = String(value).toUpperCase() as T;
    if (!allowed.includes(word)) throw invalidValue(String(value), name);
    return word;
  }

  integer(name: string, minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.scalar(name);
    if (value === undefined || value === null) return undefined;
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number) || number < minimum || number > maximum) {
      throw invalidValue(String(value), name);
    }
    return number;
  }

  boolean(name: string): boolean | undefined {
    const value = this.scalar(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === "boolean") return value;
    const word = String(value).toUpperCase();
    if (word === "TRUE") return true;
    if (word === "FALSE") return false;
    throw invalidValue(String(value), name);
  }

  /** The parts of a name; a quoted text is read as a name of one part, as Snowflake does for `WAREHOUSE = 'w'`. */
  name(name: string): string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    switch (value.kind) {
      case "ObjectName":
      case "IdentifierFunction":
        return nameParts(this.context, value as Name);
      case "ColumnReference":
        return value.parts.map((part) => part.value);
      case "Keyword":
        return [value.value];
      case "NullLiteral":
        return undefined;
      default: {
        const text = scalarOf(this.context, value);
        if (typeof text === "string") return [text.toUpperCase()];
        throw invalidValue(String(text), name);
      }
    }
  }

  /** `('a', 'b')` or a single value. */
  list(name: string): string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (value.kind === "PropertyList") return value.items.map((item) => String(scalarOf(this.context, item)));
    if (value.kind === "PropertyMap" && value.properties.length === 0) return [];
    if (value.kind === "NullLiteral") return [];
    return [String(scalarOf(this.context, value))];
  }

  /** `(a, "b".c, 'd.e')` or a single name of an object; a text is read as a name. */
  objectNames(name: string): Name[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    const items = value.kind === "PropertyList" ? value.items : [value];
    return items.map((item) => {
      if (item.kind === "ObjectName" || item.kind === "IdentifierFunction") return item as Name;
      return nameOfText(String(scalarOf(this.context, item)));
    });
  }

  /** `(TYPE = CSV SKIP_HEADER = 1)` as a plain record. */
  record(name: string): Record<string, unknown> | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (value.kind === "PropertyMap") return recordOf(this.context, value.properties);
    if (value.kind === "PropertyList" && value.items.length === 0) return {};
    throw invalidValue(value.kind, name);
  }

  names(): string[] {
    return [...this.given.keys()];
  }

  take(name: string): Property | undefined {
    this.read.add(name);
    return this.given.get(name);
  }

  /** Throws for what was written and not understood. `kind`: of the object whose properties they are. */
  finish(kind?: ObjectKind): void {
    for (const name of this.given.keys()) {
      if (!this.read.has(name))
        throw kind
          ? unreadProperty(name, kind)
          : compilationError("001423", "22023", `invalid property '${name}' for this statement`);
    }
  }
}

/** What nobody read: Snowflake has it and this server has not, or nobody has it. */
export function unreadProperty(name: string, kind: ObjectKind): SnowflakeError {
  const words = kindText(kind);
  // Of users an account itself refuses what their page lists (RSA_PUBLIC_KEY_FP).
  const isKnown = kind !== "USER" && propertiesOf(words)?.properties.has(name) === true;
  return isKnown ? unsupportedFeature(`${name} of a ${words.toLowerCase()}`) : invalidProperty(name, kind);
}

export const invalidProperty = (name: string, kind: ObjectKind) =>
  compilationError("001420", "22023", `invalid property '${name}' for '${kind}'`);

export function recordOf(context: ExecutionContext, properties: readonly Property[]): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  for (const { name, value } of properties) {
    if (!value) record[name] = true;
    else if (value.kind === "PropertyList") record[name] = value.items.map((item) => scalarOf(context, item));
    else if (value.kind === "PropertyMap") record[name] = recordOf(context, value.properties);
    else record[name] = scalarOf(context, value);
  }
  return record;
}
