import type { DataType } from "../../ast/index";

export const isText = ({ name }: DataType): boolean => /^N?(VARCHAR|STRING|TEXT|CHAR)/.test(name);

const INTEGERS = /^(NUMBER|DECIMAL|NUMERIC|INT|INTEGER|BIGINT|SMALLINT|TINYINT|BYTEINT)$/;

/**
 * The text if a value of the type has it as well: it is not too long, and a whole number where one is wanted. Undefined for
 * other types, which write their values in ways of their own.
 */
export function unchangedBy(type: DataType, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [length, scale] = type.parameters;
  if (INTEGERS.test(type.name))
    return length === undefined && !scale && /^(0|-?[1-9]\d*)$/.test(text) ? text : undefined;
  // CHAR without a length is one character. https://docs.snowflake.com/en/sql-reference/data-types-text
  const longest = length ?? (/^N?CHAR(ACTER)?$/.test(type.name) ? 1 : Number.POSITIVE_INFINITY);
  return isText(type) && [...text].length <= longest ? text : undefined;
}
