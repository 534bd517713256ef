import type { CopyPlan } from "./copyPlan";
import type { RecordError, StagedRecord } from "./csv";
import { optionText } from "./format";

/** A column as COPY names it: `"T"["C":2]`, or `"T"[3]` where the table has none. `place` counts from 0. */
export const columnName = ({ table, columns }: CopyPlan, place: number): string => {
  const column = columns[place];
  return column ? `"${table.name}"["${column.name}":${place + 1}]` : `"${table.name}"[${place + 1}]`;
};

/**
 * What is wrong with a CSV record that has more or fewer fields than columns are filled; undefined when nothing is. The first
 * record of a file is measured as a whole, those behind it are parsed column by column.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-table, "Validate data files"; the places are those that
 * an account gives
 * @param isLast whether the file ends with it
 */
export function fieldCountError(plan: CopyPlan, record: StagedRecord, isLast: boolean): RecordError | undefined {
  const found = record.values.length;
  const wanted = plan.columns.length;
  if (found === wanted) return undefined;
  const { text, byteOffset } = record.source ?? { text: "", byteOffset: 0 };
  const delimiter = optionText(plan.format, "RECORD_DELIMITER");
  const content = withoutDelimiter(text, delimiter);
  const placeOf = (length: number) => {
    const before = text.slice(0, length).split("\n");
    return {
      line: record.line + before.length - 1,
      character: (before.at(-1)?.length ?? 0) + 1,
      byteOffset: byteOffset + Buffer.byteLength(text.slice(0, length)),
    };
  };
  const atEnd = placeOf(content.length);
  if (record.row === 1)
    return {
      code: "100080",
      message: `Number of columns in file (${found}) does not match that of the corresponding table (${wanted}), use file format option error_on_column_count_mismatch=false to ignore this error`,
      ...(isLast ? atEnd : { ...placeOf(text.length), line: atEnd.line + 1, character: 1 }),
      column: found - 1,
    };
  if (found < wanted)
    return {
      code: "100068",
      message: `End of record reached while expected to parse column '${columnName(plan, found)}'`,
      ...atEnd,
      column: found,
    };
  const field = optionText(plan.format, "FIELD_DELIMITER") ?? "";
  return {
    code: "100016",
    message: `Field delimiter '${field}' found while expecting record delimiter '${printed(delimiter ?? "\n")}'`,
    ...placeOf((record.starts?.[wanted] ?? 0) - field.length),
    column: wanted - 1,
  };
}

/** A record as it is shown: the last of a file without its delimiter. */
export const rejectedText = (plan: CopyPlan, { source }: StagedRecord, isLast: boolean): string | null =>
  source === undefined
    ? null
    : isLast
      ? withoutDelimiter(source.text, optionText(plan.format, "RECORD_DELIMITER"))
      : source.text;

function withoutDelimiter(text: string, delimiter: string | undefined): string {
  if (delimiter === undefined) return text;
  if (delimiter === "\n") return text.replace(/(\r\n|\n|\r)$/, "");
  return text.endsWith(delimiter) ? text.slice(0, -delimiter.length) : text;
}

const printed = (delimiter: string): string =>
  delimiter.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
