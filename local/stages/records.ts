import { SnowflakeError } from "../errors";
import { compressionOf, readText } from "./compression";
import { csvHeader, csvRecords, type RecordError, type StagedRecord } from "./csv";
import type { StagedFile } from "./files";
import { type FileFormat, flag, optionWord, requireReadable } from "./format";
import { jsonRecords } from "./json";
import { parquetRecords } from "./parquet";
import { xmlRecords } from "./xml";

async function* textOf(file: StagedFile, format: FileFormat): AsyncGenerator<string> {
  const compression = await compressionOf(optionWord(format, "COMPRESSION"), file);
  const replaceInvalid = flag(format, "REPLACE_INVALID_CHARACTERS") || flag(format, "IGNORE_UTF8_ERRORS");
  yield* readText(file.path, file.name, compression, replaceInvalid);
}

/**
 * The records of a staged file, one after the other.
 * @param withSource whether those of CSV are told as they are written
 */
export function recordsOf(file: StagedFile, format: FileFormat, withSource = false): AsyncGenerator<StagedRecord> {
  requireReadable(format);
  if (format.type === "PARQUET") return parquetRecords(file, format);
  const pieces = textOf(file, format);
  if (format.type === "XML") return xmlRecords(pieces, format);
  return format.type === "JSON" ? jsonRecords(pieces, format) : csvRecords(pieces, format, withSource);
}

/** Column names in a CSV file's first line. */
export const headerOf = (file: StagedFile, format: FileFormat): Promise<string[]> =>
  csvHeader(textOf(file, format), format);

/** Snowflake's words for a record that cannot be read. `column` as in `"T"["C":1]`. */
export function recordFailure(
  error: RecordError,
  place: { file: string; row: number; column: string; hint?: boolean },
): SnowflakeError {
  const lines = [
    error.message,
    `  File '${place.file}', line ${error.line}, character ${error.character}`,
    `  Row ${place.row}, column ${place.column}`,
  ];
  if (place.hint) {
    lines.push(
      "  If you would like to continue loading when an error is encountered, use other values such as 'SKIP_FILE' or 'CONTINUE' for the ON_ERROR option. For more information on loading options, please run 'info loading_data' in a SQL client.",
    );
  }
  return new SnowflakeError(error.code, "22000", lines.join("\n"));
}
