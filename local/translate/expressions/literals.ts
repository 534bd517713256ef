import type {
  Argument, ArrayLiteral, BinaryLiteral, BooleanLiteral, NumberLiteral, ObjectLiteral, Star, StringLiteral, TypedLiteral,
} from "../../../dialect/index"; // biome-ignore format: one list
import { compilationError, unsupportedFeature } from "../../errors";
import { BOOLEAN, binary, type DataType, FLOAT, number, varchar } from "../../types/dataType";
import { decimalFromText, digitsOf } from "../../udf/numeric/decimal";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { cast } from "../conversion/cast";
import { resolveType } from "../dataTypes";
import { starReferences } from "../query/star";
import { quote } from "../sql";
import { spreadOut } from "./spread";

/** Longer constants travel as parameters, so that the engine need not read them as SQL. */
const INLINE_LIMIT = 2000;

export function stringBound(binder: Pick<Binder, "shared">, text: string): Bound {
  const sql = text.length > INLINE_LIMIT ? `${binder.shared.parameter(text)}::VARCHAR` : `${quote(text)}::VARCHAR`;
  const length = characterCount(text);
  return bound(sql, varchar(Math.max(1, length)), false, { kind: "string", text });
}

/** A long text of Latin letters is known at once to have none of the characters that are two units. */
function characterCount(text: string): number {
  let count = text.length;
  if (!/[\ud800-\udbff]/.test(text)) return count;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) count--;
  return count;
}

export function stringLiteral(binder: Binder, { value }: StringLiteral | TypedLiteral): Bound {
  // It would share its parameter with an equal variable.
  if (value.length > INLINE_LIMIT) binder.shared.recorder?.refuse();
  return stringBound(binder, value);
}

/**
 * Fixed point with the fewest digits that hold it, also with an exponent. FLOAT beyond 38 digits. Source: …/functions/system_typeof
 */
export function numberBound(written: string): Bound {
  const literal = { kind: "number", text: written } as const;
  const plain = decimalFromText(written);
  if (plain === null) throw compilationError("001003", "42000", `syntax error: invalid number '${written}'.`);
  const { whole, fraction, precision, scale } = digitsOf(plain);
  if (precision > 38 || scale > 37) return bound(`${written}::DOUBLE`, FLOAT, false, literal);
  const digits = scale > 0 ? `${whole || "0"}.${fraction}` : whole || "0";
  const sql = `${plain.startsWith("-") ? "-" : ""}${digits}::DECIMAL(${precision},${scale})`;
  return bound(sql, number(precision, scale), false, { kind: "number", text: /[eE]/.test(written) ? plain : written });
}

export const numberLiteral = (_binder: Binder, node: NumberLiteral): Bound => numberBound(node.text);

export const booleanLiteral = (_binder: Binder, node: BooleanLiteral): Bound =>
  bound(node.value ? "TRUE" : "FALSE", BOOLEAN, false, { kind: "boolean", text: String(node.value) });

export const binaryLiteral = (_binder: Binder, node: BinaryLiteral): Bound =>
  bound(`unhex('${node.hex}')`, binary(Math.max(1, node.hex.length / 2)), false);

/** `DATE '2024-01-01'` */
export function typedLiteral(binder: Binder, node: TypedLiteral): Bound {
  const target: DataType = resolveType(
    { kind: "DataType", name: node.type, parameters: [], span: node.span },
    binder.settings.timestampTypeMapping,
  );
  return { ...cast(stringLiteral(binder, node), target, binder.settings), nullable: false };
}

/** `[1, 2]`: SQL NULL becomes undefined. */
export function arrayLiteral(binder: Binder, node: ArrayLiteral): Bound {
  const items = spreadOut(binder, node.elements);
  return binder.rules.expression(binder, callOf("ARRAY_CONSTRUCT", items, node.span));
}

/** The columns that a star among entries stands for, by their names. */
const named = (binder: Binder, star: Star): Argument[] =>
  starReferences(binder, star).flatMap((column): Argument[] => {
    const value = column.parts.at(-1)?.value ?? "";
    return [{ kind: "StringLiteral", value, quoting: "single", span: star.span }, column];
  });

/** `{'a': 1}`; a key that appears twice is an error in the engine's JSON reader. */
export function objectLiteral(binder: Binder, node: ObjectLiteral): Bound {
  const args = node.entries.flatMap((entry): Argument[] => {
    if (entry.kind !== "ObjectEntry") {
      if (entry.kind === "Star") return node.entries.length === 1 ? [entry] : named(binder, entry);
      throw unsupportedFeature("spread operator (**)");
    }
    return [entry.key, entry.value];
  });
  return binder.rules.expression(binder, callOf("OBJECT_CONSTRUCT", args, node.span));
}

export const callOf = (name: string, args: Argument[], span: { start: number; end: number }) => ({
  kind: "FunctionCall" as const,
  name: {
    kind: "ObjectName" as const,
    parts: [{ kind: "Identifier" as const, text: name, value: name, quoted: false, span }],
    span,
  },
  parenthesized: true,
  distinct: false,
  args,
  span,
});
