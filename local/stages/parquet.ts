import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { SnowflakeError } from "../errors";
import { toCanonical } from "../udf/json/canonical";
import { type JsonNode, ObjectNode } from "../udf/json/node";
import type { StagedRecord } from "./csv";
import type { StagedFile } from "./files";
import { type FileFormat, flag, optionList } from "./format";
import { type ParquetOptions, parquetNode } from "./parquetValue";

/** A column of a Parquet file, at the top level. */
export interface ParquetColumn {
  name: string;
  nullable: boolean;
  /** As the engine reads it; empty for groups. */
  engineType: string;
  /** `INT64`, `INT96` … */
  physicalType: string;
  /** Annotation of the older kind, which is always heeded. */
  convertedType: string;
  /** Annotation of the newer kind, for USE_LOGICAL_TYPE. */
  logicalType: string;
}

let engine: Promise<DuckDBInstance> | undefined;

/**
 * A connection to an engine of its own, so that files never come near the data file. One for each reading: what a connection streams
 * ends when it is asked the next thing.
 */
async function connect(): Promise<DuckDBConnection> {
  engine ??= DuckDBInstance.create(":memory:", {
    threads: "1",
    memory_limit: "256MB",
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
  });
  return (await engine).connect();
}

const quote = (path: string): string => `'${path.replaceAll("'", "''")}'`;

const unreadable = (file: StagedFile): SnowflakeError =>
  new SnowflakeError(
    "100150",
    "22000",
    `Error parsing the parquet file: '${file.name}' is not a Parquet file that can be read.`,
  );

export async function parquetColumns(file: StagedFile): Promise<ParquetColumn[]> {
  const sql = `SELECT name, repetition_type, num_children, duckdb_type, type, converted_type, logical_type FROM parquet_schema(${quote(file.path)})`;
  let rows: string[][];
  const connection = await connect();
  try {
    const reader = await connection.runAndReadAll(sql);
    rows = reader.getRows().map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
  } catch {
    throw unreadable(file);
  } finally {
    connection.closeSync();
  }
  const columns: ParquetColumn[] = [];
  // The schema is a tree in depth-first order; its first entry is the root.
  const descend = (at: number): number => {
    let next = at + 1;
    for (let child = 0; child < Number(rows[at]?.[2] || 0); child++) next = descend(next);
    return next;
  };
  for (let at = 1; at < rows.length; at = descend(at)) {
    const [name, repetition, , engineType, physicalType, convertedType, logicalType] = rows[at] as string[];
    columns.push({
      name: name as string,
      nullable: repetition !== "REQUIRED",
      engineType: engineType as string,
      physicalType: physicalType as string,
      convertedType: convertedType as string,
      logicalType: logicalType as string,
    });
  }
  return columns;
}

/** Rows of a Parquet file, each an OBJECT of its columns; what is NULL has no member. */
export async function* parquetRecords(file: StagedFile, format: FileFormat): AsyncGenerator<StagedRecord> {
  const columns = await parquetColumns(file);
  const options: ParquetOptions = {
    binaryAsText: flag(format, "BINARY_AS_TEXT"),
    logicalTypes: flag(format, "USE_LOGICAL_TYPE"),
    trims: flag(format, "TRIM_SPACE"),
    replacesInvalid: flag(format, "REPLACE_INVALID_CHARACTERS"),
    nulls: new Set(optionList(format, "NULL_IF")),
    file: file.name,
  };
  const connection = await connect();
  try {
    yield* rowsOf(connection, file, columns, options);
  } finally {
    connection.closeSync();
  }
}

async function* rowsOf(
  connection: DuckDBConnection,
  file: StagedFile,
  columns: readonly ParquetColumn[],
  options: ParquetOptions,
): AsyncGenerator<StagedRecord> {
  const result = await connection
    .stream(`SELECT * FROM read_parquet(${quote(file.path)})`)
    .catch(() => Promise.reject(unreadable(file)));
  let row = 0;
  for (;;) {
    const chunk = await result.fetchChunk().catch(() => Promise.reject(unreadable(file)));
    if (!chunk || chunk.rowCount === 0) return;
    const vectors = chunk.getColumns();
    for (let i = 0; i < chunk.rowCount; i++) {
      const members = new Map<string, JsonNode>();
      columns.forEach((column, c) => {
        const node = parquetNode(vectors[c]?.[i] ?? null, options, column);
        if (node !== null) members.set(column.name, node);
      });
      row++;
      yield { values: [toCanonical(new ObjectNode(members))], row, line: row };
    }
  }
}
