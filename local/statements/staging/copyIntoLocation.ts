import { join } from "node:path";
import type { CopyIntoLocation } from "../../../dialect/index";
import { compilationError, invalidValue, unsupportedFeature } from "../../errors";
import type { ResultColumn, StatementResult } from "../../execution/result";
import { runQuery } from "../../results/runQuery";
import { unloadCompression } from "../../stages/compression";
import { csvLineWriter } from "../../stages/csvLine";
import {
  type FileFormat,
  formatFor,
  optionText,
  optionWord,
  requireColumnar,
  writtenFormat,
} from "../../stages/format";
import { resolveLocation } from "../../stages/location";
import { parquetCompression, unloadParquet } from "../../stages/unloadParquet";
import { sourceQuery, type UnloadQuery, unloadQuery } from "../../stages/unloadQuery";
import { extensionOf, type UnloadOptions, UnloadWriter } from "../../stages/unloadWriter";
import { translateQuery } from "../../translate/index";
import { number, varchar } from "../../types/dataType";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

const count = (name: string): ResultColumn => ({ name, type: number(19, 0), nullable: false });
const SUMMARY = [count("rows_unloaded"), count("input_bytes"), count("output_bytes")];
const DETAILS: ResultColumn[] = [
  { name: "FILE_NAME", type: varchar(), nullable: false },
  count("FILE_SIZE"),
  count("ROW_COUNT"),
];

const LARGEST_FILE = 5_368_709_120;

/**
 * COPY INTO @stage FROM t | (query). CSV, JSON and Parquet; files appear together once all rows are written.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-location
 */
export const copyIntoLocation: StatementHandler<CopyIntoLocation> = {
  async run(context, statement) {
    const location = resolveLocation(context, statement.location, "WRITE");
    const properties = new Properties(context, statement.properties);
    const format = formatFor(
      context,
      location.stage,
      writtenFormat(context, properties.value("FILE_FORMAT")),
      location.table,
    );
    const validation = properties.text("VALIDATION_MODE");
    const isDetailed = properties.boolean("DETAILED_OUTPUT") ?? false;
    const hasHeader = properties.boolean("HEADER") ?? false;
    const options = unloadOptions(properties, format, statement.partitionBy !== undefined, context.queryId);
    properties.finish();
    requireColumnar(format);
    if (validation !== undefined) {
      if (validation.toUpperCase() !== "RETURN_ROWS") throw invalidValue(validation, "VALIDATION_MODE");
      return runQuery(context, translateQuery(context, sourceQuery(statement)));
    }
    const query = unloadQuery(context, statement, format);
    if (format.type === "PARQUET") {
      const { codec, extension } = parquetCompression(format);
      const files = await unloadParquet(context, query, location, { ...options, codec, extension, hasHeader });
      const rows = files.reduce((sum, file) => sum + file.rows, 0);
      return answer({ files, rows, inputBytes: files.reduce((sum, { size }) => sum + size, 0) }, isDetailed);
    }
    const write = lineWriter(format, query);
    if (hasHeader && format.type === "CSV") options.header = write(query.columns.map((column) => column.name));
    const writer = new UnloadWriter(location, options, join(context.services.store.directory, "unload"));
    try {
      await context.withConnection(async (connection) => {
        for (const prepare of query.prerequisites) await prepare(connection);
        await connection.stream(
          query.sql,
          query.params,
          async (columns, rows) => {
            for (let row = 0; row < rows; row++) {
              const texts = columns.map((column) => column[row] as string | null);
              const partition = query.hasPartition ? (texts.pop() as string | null) : undefined;
              const room = writer.add(write(texts), partition);
              if (room) await room;
            }
          },
          context.signal,
        );
      });
      await writer.finish();
    } catch (error) {
      await writer.discard();
      throw error;
    }
    return answer(writer, isDetailed);
  },
};

function lineWriter(format: FileFormat, query: UnloadQuery): (texts: readonly (string | null)[]) => string {
  if (format.type === "JSON") return ([text]) => `${text ?? "null"}\n`;
  return csvLineWriter(
    format,
    query.columns.map((column) => column.type),
  );
}

function unloadOptions(
  properties: Properties,
  format: FileFormat,
  isPartitioned: boolean,
  queryId: string,
): UnloadOptions {
  const single = properties.boolean("SINGLE") ?? false;
  const overwrite = properties.boolean("OVERWRITE") ?? false;
  const includeQueryId = properties.boolean("INCLUDE_QUERY_ID") ?? isPartitioned;
  const refused = (option: string, other: string) =>
    compilationError("001008", "22023", `copy option ${option} is not supported together with ${other}`);
  if (isPartitioned && overwrite) throw refused("OVERWRITE = TRUE", "PARTITION BY");
  if (isPartitioned && single) throw refused("SINGLE = TRUE", "PARTITION BY");
  if (isPartitioned && !includeQueryId) throw refused("INCLUDE_QUERY_ID = FALSE", "PARTITION BY");
  if (includeQueryId && single) throw refused("INCLUDE_QUERY_ID = TRUE", "SINGLE = TRUE");
  if (includeQueryId && overwrite) throw refused("INCLUDE_QUERY_ID = TRUE", "OVERWRITE = TRUE");
  for (const option of ["STORAGE_INTEGRATION", "CREDENTIALS", "ENCRYPTION"]) {
    if (properties.has(option)) throw unsupportedFeature(`${option} of COPY INTO a location`);
  }
  const compression = format.type === "PARQUET" ? "NONE" : unloadCompression(optionWord(format, "COMPRESSION"));
  return {
    compression,
    extension: extensionOf(format.type, optionText(format, "FILE_EXTENSION"), compression),
    header: "",
    maxFileSize: properties.integer("MAX_FILE_SIZE", 1, LARGEST_FILE) ?? 16_777_216,
    single,
    overwrite,
    ...(includeQueryId ? { queryId } : {}),
  };
}

function answer(writer: Pick<UnloadWriter, "files" | "rows" | "inputBytes">, isDetailed: boolean): StatementResult {
  const statistics = { unloaded: writer.rows };
  if (isDetailed) {
    const rows = writer.files.map(({ name, size, rows: n }) => [name, String(size), String(n)]);
    return { columns: DETAILS, rows, rowsAffected: writer.rows, statistics };
  }
  const output = writer.files.reduce((sum, { size }) => sum + size, 0);
  return {
    columns: SUMMARY,
    rows: [[writer.rows, writer.inputBytes, output].map(String)],
    rowsAffected: writer.rows,
    statistics,
  };
}
