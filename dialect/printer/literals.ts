import type {
  ArrayLiteral,
  BinaryLiteral,
  BooleanLiteral,
  DataType,
  DataTypeField,
  IntervalLiteral,
  NullLiteral,
  NumberLiteral,
  ObjectEntry,
  ObjectLiteral,
  StringLiteral,
  TypedLiteral,
} from "../ast/index";
import { commas, type Document, parenthesizedList, quote, sql, when } from "./document";

export const literalPrinters = {
  StringLiteral: (node: StringLiteral): Document =>
    node.quoting === "dollar" && !node.value.includes("$$") ? `$$${node.value}$$` : quote(node.value),
  NumberLiteral: (node: NumberLiteral): Document => node.text,
  BooleanLiteral: (node: BooleanLiteral): Document => (node.value ? "TRUE" : "FALSE"),
  NullLiteral: (_: NullLiteral): Document => "NULL",
  BinaryLiteral: (node: BinaryLiteral): Document => `X'${node.hex}'`,
  TypedLiteral: (node: TypedLiteral): Document => `${node.type} ${quote(node.value)}`,
  IntervalLiteral: (node: IntervalLiteral): Document => [
    `INTERVAL ${quote(node.value)}`,
    when(node.unit, ` ${node.unit}${precision(node.unitParameters)}`),
    when(node.toUnit, ` TO ${node.toUnit}${precision(node.toParameters)}`),
  ],
  ArrayLiteral: (node: ArrayLiteral): Document => sql`[${commas(node.elements)}]`,
  ObjectLiteral: (node: ObjectLiteral): Document => sql`{${commas(node.entries)}}`,
  ObjectEntry: (node: ObjectEntry): Document => sql`${node.key}: ${node.value}`,
  DataType: printDataType,
  DataTypeField: (node: DataTypeField): Document => sql`${node.name} ${node.type}`,
};

const precision = (digits: number[] | undefined): string => (digits ? `(${digits.join(", ")})` : "");

function printDataType(node: DataType): Document {
  const elements: Document[] = [...(node.elements ?? []), ...(node.fields ?? []), ...node.parameters.map(String)];
  const shown = elements.length > 0 || node.fields !== undefined;
  const notNull = when(node.notNull, " NOT NULL");
  if (node.leadingDigits !== undefined) {
    const [unit = "", lastUnit = ""] = node.name.split(" TO ");
    return [
      unit,
      precision([node.leadingDigits]),
      ` TO ${lastUnit}`,
      when(shown, parenthesizedList(elements)),
      notNull,
    ];
  }
  const zone = /^(TIME|TIMESTAMP)( .*)$/.exec(node.name);
  // `TIMESTAMP(3) WITH TIME ZONE` and `TIMESTAMP WITH TIME ZONE(3)` are the same; the first is standard.
  if (zone && shown) return [zone[1], parenthesizedList(elements), zone[2], notNull];
  return [node.name, when(shown, parenthesizedList(elements)), notNull];
}
