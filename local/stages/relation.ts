import type { StagedFiles } from "../../dialect/index";
import { unsupportedFeature } from "../errors";
import type { ResultColumn } from "../execution/result";
import type { EngineConnection } from "../store/connection";
import type { Binder } from "../translate/binder";
import { constantText } from "../translate/bound";
import { namedArguments } from "../translate/query/flatten";
import { number, timestampLtz, timestampNtz, VARIANT, varchar } from "../types/dataType";
import { listFiles, md5Of, type StagedFile } from "./files";
import { type FileFormat, formatFor, isVariantFormat } from "./format";
import { resolveLocation, type StageLocation } from "./location";
import { recordFailure, recordsOf } from "./records";

/** Columns of every staged file behind its own. Source: https://docs.snowflake.com/en/user-guide/querying-metadata */
export const METADATA: ResultColumn[] = [
  { name: "METADATA$FILENAME", type: varchar(), nullable: false },
  { name: "METADATA$FILE_ROW_NUMBER", type: number(38, 0), nullable: false },
  { name: "METADATA$FILE_CONTENT_KEY", type: varchar(), nullable: false },
  { name: "METADATA$FILE_LAST_MODIFIED", type: timestampNtz(3), nullable: false },
  { name: "METADATA$START_SCAN_TIME", type: timestampLtz(3), nullable: false },
];

/** SQL of the metadata over the columns `f`, `r`, `k`, `m` of a table of raw records. */
export const metadataOutputs = (scanMillis: number): string[] => [
  "f",
  "r::DECIMAL(38,0)",
  "k",
  "make_timestamp(m::BIGINT * 1000)",
  `make_timestamptz(${scanMillis} * 1000)`,
];

/** Rows that go to the engine at once. */
const BATCH = 2048;

export interface StagedRelation {
  /** For FROM: columns `o1 … on`, those of the files, then the metadata. */
  sql: string;
  columns: ResultColumn[];
  prerequisite: (connection: EngineConnection) => Promise<void>;
}

/** `FROM @stage/path (FILE_FORMAT => 'f', PATTERN => '…')`. CSV has as many columns as the statement mentions by `$n`. */
export function stagedRelation(binder: Binder, reference: StagedFiles): StagedRelation {
  const { context } = binder;
  const args = namedArguments(reference.options, ["FILE_FORMAT", "PATTERN"]);
  const location = resolveLocation(context, reference.location, "READ");
  const textArgument = (name: string): string | undefined => {
    const node = args.get(name);
    if (!node) return undefined;
    const text =
      node.kind === "ColumnReference" ? node.parts.map((p) => p.text).join(".") : constantText(binder.expression(node));
    if (text === undefined) throw unsupportedFeature(`${name} of staged files that is no constant`);
    return text;
  };
  const formatName = textArgument("FILE_FORMAT");
  const format = formatFor(
    context,
    location.stage,
    formatName === undefined ? {} : { FORMAT_NAME: formatName },
    location.table,
  );
  const pattern = textArgument("PATTERN");
  binder.shared.deterministic = false;
  binder.shared.capture?.refuse("staged files");
  return filesRelation(location, format, fieldCount(format, binder.text), Number(context.now / 1000n), () =>
    listFiles(location, pattern),
  );
}

/** The greatest `$n` of a statement: fields beyond it are not kept. */
export const fieldCount = (format: FileFormat, text: string): number =>
  isVariantFormat(format) ? 1 : Math.max(1, ...[...text.matchAll(/\$(\d{1,5})\b/g)].map((m) => Number(m[1])));

let next = 1;

/** The records of files as a relation; a record that cannot be read is the statement's error. */
export function filesRelation(
  location: StageLocation,
  format: FileFormat,
  width: number,
  scanMillis: number,
  files: () => Promise<StagedFile[]>,
): StagedRelation {
  const table = `temp.staged${next++}`;
  const fields = Array.from({ length: width }, (_, i) => `w${i + 1}`);
  const isJson = isVariantFormat(format);
  const outputs = [...fields.map((name) => (isJson ? `${name}::JSON` : name)), ...metadataOutputs(scanMillis)];
  return {
    sql: `(SELECT ${outputs.map((sql, i) => `${sql} AS o${i + 1}`).join(", ")} FROM ${table})`,
    columns: [
      ...fields.map((_, i) => ({ name: `$${i + 1}`, type: isJson ? VARIANT : varchar(), nullable: true })),
      ...METADATA,
    ],
    async prerequisite(connection) {
      await connection.createTemporary(
        table,
        [...fields, "f", "r", "k", "m"].map((name) => `${name} VARCHAR`).join(", "),
      );
      for (const file of await files()) await appendFile(connection, table, file, format, width, location);
    },
  };
}

async function appendFile(
  connection: EngineConnection,
  table: string,
  file: StagedFile,
  format: FileFormat,
  width: number,
  location: StageLocation,
): Promise<void> {
  const key = await md5Of(file);
  const facts = [file.name, "", key, String(Math.trunc(file.lastModified))];
  let columns: (string | null)[][] = Array.from({ length: width + 4 }, () => []);
  let rows = 0;
  const flush = async () => {
    if (rows > 0) await connection.appendTexts(table, columns, rows);
    columns = Array.from({ length: width + 4 }, () => []);
    rows = 0;
  };
  for await (const record of recordsOf(file, format)) {
    if (record.error) {
      const column = `"${location.stage?.name ?? "TRANSIENT_STAGE_TABLE"}"["$${(record.error.column ?? 0) + 1}":${(record.error.column ?? 0) + 1}]`;
      throw recordFailure(record.error, { file: file.name, row: record.row, column });
    }
    for (let i = 0; i < width; i++) columns[i]?.push(record.values[i] ?? null);
    facts[1] = String(record.row);
    facts.forEach((value, i) => {
      columns[width + i]?.push(value);
    });
    if (++rows === BATCH) await flush();
  }
  await flush();
}
