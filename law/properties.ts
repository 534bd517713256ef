import { type ConstantOf, constantText, type Expression, type Property, type PropertyValue } from "../dialect/index";

/** The property of that name, the last one when it is given twice. */
export const property = (properties: readonly Property[], name: string): Property | undefined =>
  properties.findLast((candidate) => candidate.name === name);

/** A property's value as one word or text: `XSMALL`, `'1 minute'`, `60`, `TRUE`. Undefined for lists and expressions. */
export function propertyText(value: PropertyValue | undefined): string | undefined {
  switch (value?.kind) {
    case "Keyword":
    case "StringLiteral":
      return value.value;
    case "NumberLiteral":
      return value.text;
    case "BooleanLiteral":
      return value.value ? "TRUE" : "FALSE";
    case "NullLiteral":
      return "NULL";
    case "ObjectName":
      return value.parts.map((part) => part.value).join(".");
    case "ColumnReference":
      return value.parts.map((part) => part.value).join(".");
    case "Unary":
      return value.operator === "-" ? `-${propertyText(value.operand) ?? ""}` : undefined;
    default:
      return undefined;
  }
}

/** The same, also by way of a variable that is set to it; undefined too where only run time knows. */
export const givenText = (value: PropertyValue | undefined, constantOf: ConstantOf): string | undefined =>
  propertyText(value) ?? (value && constantText(value as Expression, constantOf));

export const textOf = (properties: readonly Property[], name: string): string | undefined =>
  propertyText(property(properties, name)?.value);

export const isFalse = (value: PropertyValue | undefined): boolean => propertyText(value)?.toUpperCase() === "FALSE";
