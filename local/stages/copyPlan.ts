import type {
  CopyIntoTable,
  LocationReference,
  Select,
  SelectItem,
  StagedFiles,
  StageReference,
} from "../../dialect/index";
import type { ColumnDoc, TableDoc } from "../catalogue/model";
import { compilationError, invalidValue, SnowflakeError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { Properties } from "../statements/ddl/support/properties";
import { columnNamed } from "../statements/ddl/tables/columns";
import { targetColumns, targetTable } from "../statements/dml/target";
import { isSemiStructured } from "../types/dataType";
import { requireCopyFunctions } from "./copyFunctions";
import { listFiles, type StagedFile } from "./files";
import { type FileFormat, flag, formatFor, isVariantFormat, requireReadable, writtenFormat } from "./format";
import { resolveLocation, type StageLocation } from "./location";
import { fieldCount, METADATA } from "./relation";
import { oneVariantOnly } from "./unloadQuery";

export interface CopyOptions {
  onError: OnError;
  force: boolean;
  purge: boolean;
  returnFailedOnly: boolean;
  sizeLimit: number | undefined;
  truncateColumns: boolean;
  match: "CASE_SENSITIVE" | "CASE_INSENSITIVE" | "NONE";
  validation: { rows: number } | "RETURN_ERRORS" | "RETURN_ALL_ERRORS" | undefined;
}

/** `limit`: error rows from which a file is left out; `percent`: of its rows. */
export type OnError =
  | { kind: "CONTINUE" | "ABORT_STATEMENT" }
  | { kind: "SKIP_FILE"; limit?: number; percent?: number };

/** A COPY INTO table, read and checked. */
export interface CopyPlan {
  table: TableDoc;
  location: StageLocation;
  format: FileFormat;
  options: CopyOptions;
  /** The columns that files fill, in order. */
  columns: ColumnDoc[];
  /** Whether the statement lists them: fields too many or too few are no error then. */
  listsColumns: boolean;
  /** Expressions of a transformation, one per column, and the alias of the files. */
  transformation?: { items: SelectItem[]; alias: StagedFiles["alias"] };
  /** INCLUDE_METADATA: the columns that take a fact of their file instead, by id, and its name. */
  metadata: ReadonlyMap<number, string>;
  /** Fields of a record that are kept. */
  width: number;
  files?: readonly string[];
  pattern?: string;
}

/** COPY INTO has words of its own for a table that is not there; connectors look for them. */
function copyTarget(context: ExecutionContext, statement: CopyIntoTable): TableDoc {
  try {
    return targetTable(context, statement.table, "INSERT");
  } catch (error) {
    const missing =
      error instanceof SnowflakeError && error.code === "002003" && /(Table '.*') does not exist/s.exec(error.message);
    if (!missing) throw error;
    throw compilationError("001757", "42601", `${missing[1]} does not exist`);
  }
}

/**
 * Reads COPY INTO a table: INSERT on the table and READ on the stage are checked before anything is said to be unsupported.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-table
 */
export function planCopy(context: ExecutionContext, statement: CopyIntoTable): CopyPlan {
  const table = copyTarget(context, statement);
  const query = statement.from?.kind === "Query" ? simpleSelect(statement.from) : undefined;
  const source = query ? query.files.location : (statement.from as LocationReference | undefined);
  const location = resolveLocation(context, source ?? tableStage(statement, table), "READ");
  const properties = new Properties(context, [...statement.properties]);
  const inline: ReturnType<typeof filesOptions> = query ? filesOptions(query.files) : { format: {} };
  const written = writtenFormat(context, properties.value("FILE_FORMAT"));
  const given = Object.keys(written).length > 0 ? written : inline.format;
  const format = formatFor(context, location.stage, given, table);
  const options = readOptions(properties, location);
  const metadata = readMetadata(table, properties, options);
  const pattern = properties.text("PATTERN") ?? inline.pattern;
  const files = properties.list("FILES");
  for (const known of ["LOAD_UNCERTAIN_FILES"]) properties.has(known);
  for (const refused of ["LOAD_MODE", "CLUSTER_AT_INGEST_TIME", "STORAGE_INTEGRATION", "CREDENTIALS", "ENCRYPTION"])
    if (properties.has(refused)) throw unsupportedFeature(`${refused} of COPY INTO`);
  properties.finish();
  requireReadable(format);
  const columns = targetColumns(context, table, statement.columns);
  const plan: CopyPlan = {
    table,
    location,
    format,
    options,
    columns,
    metadata,
    listsColumns: statement.columns.length > 0,
    width: isVariantFormat(format) ? 1 : columns.length,
    ...(files ? { files } : {}),
    ...(pattern === undefined ? {} : { pattern }),
  };
  if (query) return transforming(context, plan, query);
  if (options.match !== "NONE") {
    if (format.type === "XML") throw unsupportedFeature("MATCH_BY_COLUMN_NAME of XML");
    if (format.type === "CSV" && !flag(format, "PARSE_HEADER"))
      throw new SnowflakeError(
        "001008",
        "22023",
        "SQL compilation error: match_by_column_name option is not supported for file format CSV without PARSE_HEADER = TRUE",
      );
    return { ...plan, width: columns.length };
  }
  const only = columns[0];
  if (isVariantFormat(format) && !(columns.length === 1 && only && isSemiStructured(only.type)))
    throw oneVariantOnly(format.type);
  return plan;
}

/** Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-table, INCLUDE_METADATA */
function readMetadata(table: TableDoc, properties: Properties, { match }: CopyOptions): ReadonlyMap<number, string> {
  const given = Object.entries(properties.record("INCLUDE_METADATA") ?? {});
  if (given.length > 0 && match === "NONE")
    throw compilationError(
      "001008",
      "22023",
      "INCLUDE_METADATA can only be used with the MATCH_BY_COLUMN_NAME copy option.",
    );
  return new Map(
    given.map(([written, value]) => {
      const name = written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written;
      const field = String(value).toUpperCase();
      if (!METADATA.some((column) => column.name === field))
        throw compilationError("001008", "22023", `Metadata column ${String(value)} is not supported`);
      return [columnNamed(table.columns, name).id, field];
    }),
  );
}

function transforming(context: ExecutionContext, plan: CopyPlan, { select, files }: SimpleSelect): CopyPlan {
  const { options, columns, format } = plan;
  if (options.match !== "NONE")
    throw compilationError("001008", "22023", "match_by_column_name is not supported with copy transform.");
  if (options.validation)
    throw compilationError("001008", "22023", "VALIDATION_MODE is not supported with copy transform.");
  if (select.items.length !== columns.length)
    throw compilationError(
      "002020",
      "21S01",
      `Insert value list does not match column list expecting ${columns.length} but got ${select.items.length}`,
    );
  requireCopyFunctions(select.items);
  const text = context.text.slice(select.span.start, select.span.end);
  return { ...plan, width: fieldCount(format, text), transformation: { items: select.items, alias: files.alias } };
}

interface SimpleSelect {
  select: Select;
  files: StagedFiles;
}

/** A transformation is a list of expressions over one place of a stage, nothing else. */
function simpleSelect(query: Extract<CopyIntoTable["from"], { kind: "Query" }>): SimpleSelect {
  let body = query.body;
  while (body.kind === "ParenthesizedQuery" && !query.orderBy && !query.limit) body = body.query.body;
  const refused = () =>
    compilationError("001757", "42601", "COPY statement only supports simple SELECT from stage statements for import.");
  if (body.kind !== "Select" || query.with || query.orderBy || query.limit) throw refused();
  const { from, where, groupBy, having, qualify, connectBy, top, quantifier } = body;
  const [files] = from;
  if (where || groupBy || having || qualify || connectBy || top || quantifier === "DISTINCT") throw refused();
  if (from.length !== 1 || files?.kind !== "StagedFiles" || files.sample) throw refused();
  return { select: body, files };
}

function filesOptions(files: StagedFiles): { format: Record<string, unknown>; pattern?: string } {
  const found: { format: Record<string, unknown>; pattern?: string } = { format: {} };
  for (const option of files.options) {
    if (option.kind !== "NamedArgument") continue;
    const value = option.value;
    const text =
      value.kind === "StringLiteral"
        ? value.value
        : value.kind === "ColumnReference"
          ? value.parts.map((part) => part.text).join(".")
          : undefined;
    if (text === undefined) throw unsupportedFeature(`${option.name.value} of staged files that is no constant`);
    if (option.name.value === "FILE_FORMAT") found.format = { FORMAT_NAME: text };
    else if (option.name.value === "PATTERN") found.pattern = text;
  }
  return found;
}

/** Without FROM files come from the table's own stage. */
function tableStage(statement: CopyIntoTable, table: TableDoc): StageReference {
  const { table: name } = statement;
  if (name.kind !== "ObjectName") throw unsupportedFeature("COPY INTO IDENTIFIER(…) without FROM");
  return { kind: "StageReference", text: `@%${table.name}`, quoted: false, path: "", table: name, span: name.span };
}

function readOptions(properties: Properties, location: StageLocation): CopyOptions {
  const ofStage = location.stage?.copyOptions ?? {};
  const text = (name: string): string | undefined => {
    const value = properties.text(name) ?? ofStage[name];
    return value === undefined || value === null ? undefined : String(value);
  };
  const flag = (name: string): boolean => {
    const value = text(name)?.toUpperCase();
    if (value !== undefined && value !== "TRUE" && value !== "FALSE") throw invalidValue(value, name);
    return value === "TRUE";
  };
  const match = text("MATCH_BY_COLUMN_NAME")?.toUpperCase() ?? "NONE";
  if (!["CASE_SENSITIVE", "CASE_INSENSITIVE", "NONE"].includes(match))
    throw invalidValue(match, "MATCH_BY_COLUMN_NAME");
  const enforce = text("ENFORCE_LENGTH");
  const limit = text("SIZE_LIMIT");
  const options: CopyOptions = {
    onError: readOnError(text("ON_ERROR") ?? "ABORT_STATEMENT"),
    force: flag("FORCE"),
    purge: flag("PURGE"),
    returnFailedOnly: flag("RETURN_FAILED_ONLY"),
    sizeLimit: limit === undefined || limit === "0" ? undefined : Number(limit),
    truncateColumns: flag("TRUNCATECOLUMNS") || enforce?.toUpperCase() === "FALSE",
    match: match as CopyOptions["match"],
    validation: readValidation(properties.text("VALIDATION_MODE")),
  };
  if (options.validation && match !== "NONE")
    throw compilationError("001008", "22023", "VALIDATION_MODE is not supported with match_by_column_name.");
  return options;
}

function readOnError(text: string): OnError {
  const word = text.toUpperCase();
  if (word === "CONTINUE" || word === "ABORT_STATEMENT") return { kind: word };
  const skip = /^SKIP_FILE(?:_(\d+)(%)?)?$/.exec(word);
  if (!skip) throw invalidValue(text, "ON_ERROR");
  if (skip[2]) return { kind: "SKIP_FILE", percent: Number(skip[1]) };
  return { kind: "SKIP_FILE", limit: Number(skip[1] ?? 1) };
}

function readValidation(text: string | undefined): CopyOptions["validation"] {
  const word = text?.toUpperCase();
  if (word === undefined || word === "RETURN_ERRORS" || word === "RETURN_ALL_ERRORS") return word;
  const rows = /^RETURN_(\d+)_ROWS$/.exec(word);
  if (!rows) throw invalidValue(text ?? "", "VALIDATION_MODE");
  return { rows: Number(rows[1]) };
}

/** The files a COPY is about, whether loaded before or not. Those named in FILES that are not there are in `missing`. */
export async function filesOf(plan: CopyPlan): Promise<{ files: StagedFile[]; missing: string[] }> {
  const found = await listFiles(plan.location, plan.pattern, "storage path");
  if (!plan.files) return { files: found, missing: [] };
  const byName = new Map(found.map((file) => [file.name, file]));
  const names = [...new Set(plan.files.map((name) => fullNameOf(plan.location, name, byName)))];
  return {
    files: names.flatMap((name) => byName.get(name) ?? []),
    missing: names.filter((name) => !byName.has(name)),
  };
}

/** FILES follow the path behind the stage, with a slash between them unless the bare sequence is a file's name. */
const fullNameOf = ({ prefix }: StageLocation, name: string, known: ReadonlyMap<string, unknown>): string =>
  prefix === "" || prefix.endsWith("/") || known.has(`${prefix}${name}`) ? `${prefix}${name}` : `${prefix}/${name}`;

export const fileNotFound = (location: StageLocation, name: string) =>
  new SnowflakeError(
    "091016",
    "22000",
    `Remote file '${location.title}/${name}' was not found. There are several potential causes. The file might not exist. The required credentials may be missing or invalid. If you are running a copy command, please make sure files are not deleted when they are being loaded or files are not being loaded into two different tables concurrently with auto purge option.`,
  );
