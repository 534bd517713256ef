import type { Argument, Expression } from "../../dialect/index";
import { quoteText } from "../ddlText/quote";
import { compilationError, unsupportedFeature } from "../errors";
import type { ResultColumn, Row } from "../execution/result";
import type { Binder } from "../translate/binder";
import { constantNumber, constantText } from "../translate/bound";
import { namedArguments } from "../translate/query/flatten";
import { BOOLEAN, number, varchar } from "../types/dataType";
import { fileNotFound } from "./copyPlan";
import { listFiles, type StagedFile } from "./files";
import { type FileFormat, flag, formatFor, requireColumnar } from "./format";
import { guessedColumns } from "./inferText";
import { resolveLocation, stageReference } from "./location";
import { type ParquetColumn, parquetColumns } from "./parquet";
import { isTemporal } from "./parquetValue";

export const INFERRED: ResultColumn[] = [
  { name: "COLUMN_NAME", type: varchar(), nullable: true },
  { name: "TYPE", type: varchar(), nullable: true },
  { name: "NULLABLE", type: BOOLEAN, nullable: true },
  { name: "EXPRESSION", type: varchar(), nullable: true },
  { name: "FILENAMES", type: varchar(), nullable: true },
  { name: "ORDER_ID", type: number(38, 0), nullable: true },
];

/** A column that files have. */
export interface InferredColumn {
  name: string;
  type: string;
  nullable: boolean;
}

/** `TABLE(INFER_SCHEMA(LOCATION => '@stage/path', FILE_FORMAT => 'f', …))`. Source: https://docs.snowflake.com/en/sql-reference/functions/infer_schema */
export function inferSchema(binder: Binder, given: readonly Argument[]): () => Promise<Row[]> {
  const { context } = binder;
  const names = ["LOCATION", "FILE_FORMAT", "FILES", "IGNORE_CASE", "MAX_FILE_COUNT", "MAX_RECORDS_PER_FILE", "KIND"];
  const args = namedArguments(given as Argument[], names);
  const text = (name: string): string | undefined => {
    const node = args.get(name);
    return node && constantText(binder.expression(node));
  };
  const count = (name: string): number => {
    const node = args.get(name);
    const value = node && constantNumber(binder.expression(node));
    return value ?? Number.POSITIVE_INFINITY;
  };
  const place = text("LOCATION");
  const formatName = text("FILE_FORMAT");
  if (place === undefined || formatName === undefined)
    throw compilationError("001015", "22023", "INFER_SCHEMA needs constant texts for LOCATION and FILE_FORMAT.");
  const kind = (text("KIND") ?? "STANDARD").toUpperCase();
  if (kind !== "STANDARD") throw unsupportedFeature(`INFER_SCHEMA of kind ${kind}`);
  const location = resolveLocation(context, stageReference(place), "READ");
  if (location.table) throw unsupportedFeature("INFER_SCHEMA of a table stage");
  const format = formatFor(context, location.stage, { FORMAT_NAME: formatName });
  requireColumnar(format);
  const wanted = filesArgument(binder, args.get("FILES"));
  const ignoreCase = isTrue(args.get("IGNORE_CASE"));
  const [maxFiles, maxRecords] = [count("MAX_FILE_COUNT"), count("MAX_RECORDS_PER_FILE")];
  return async () => {
    let files = await listFiles(location);
    if (wanted) {
      const path = location.prefix === "" || location.prefix.endsWith("/") ? location.prefix : `${location.prefix}/`;
      files = wanted.map((name) => {
        const found = files.find((file) => file.name === `${path}${name}`);
        if (!found) throw fileNotFound(location, `${path}${name}`);
        return found;
      });
    }
    return merged(files.slice(0, maxFiles), format, maxRecords, ignoreCase);
  };
}

const isTrue = (node: Expression | undefined): boolean => node?.kind === "BooleanLiteral" && node.value;

function filesArgument(binder: Binder, node: Expression | undefined): string[] | undefined {
  if (!node) return undefined;
  const items = node.kind === "RowExpression" ? node.items : [node.kind === "Parenthesized" ? node.expression : node];
  return items.map((item) => {
    const text = constantText(binder.expression(item));
    if (text === undefined) throw unsupportedFeature("FILES of INFER_SCHEMA that are no constants");
    return text;
  });
}

/** The columns of all files by name; types that differ meet in the wider one, VARIANT or TEXT at the end. */
async function merged(
  files: readonly StagedFile[],
  format: FileFormat,
  maxRecords: number,
  ignoreCase: boolean,
): Promise<Row[]> {
  const found = new Map<string, InferredColumn & { files: string[] }>();
  for (const file of files) {
    for (const column of await columnsOf(file, format, maxRecords)) {
      const name = ignoreCase ? column.name.toUpperCase() : column.name;
      const known = found.get(name);
      if (!known) found.set(name, { ...column, name, files: [file.name] });
      else {
        known.type = wider(known.type, column.type, format);
        known.nullable ||= column.nullable;
        if (!known.files.includes(file.name)) known.files.push(file.name);
      }
    }
  }
  return [...found.values()].map(({ name, type, nullable, files: inFiles }, i) => {
    const path = ignoreCase ? `GET_IGNORE_CASE ($1, ${quoteText(name)})` : `$1:${name}`;
    const expression = format.type === "CSV" ? `$${i + 1}::${type}` : `${path}::${type}`;
    return [name, type, nullable ? "1" : "0", expression, inFiles.join(", "), String(i)];
  });
}

const numberParts = (type: string): [number, number] | undefined => {
  const match = /^NUMBER\((\d+), (\d+)\)$/.exec(type);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
};

/** A type for values of both. */
export function wider(a: string, b: string, format: FileFormat): string {
  if (a === b || b === "") return a;
  if (a === "") return b;
  const [x, y] = [numberParts(a), numberParts(b)];
  if (x && y) {
    const scale = Math.max(x[1], y[1]);
    return `NUMBER(${Math.min(38, Math.max(x[0] - x[1], y[0] - y[1]) + scale)}, ${scale})`;
  }
  if ((x && b === "REAL") || (y && a === "REAL")) return "REAL";
  if (new Set([a, b, "DATE", "TIMESTAMP_NTZ"]).size === 2) return "TIMESTAMP_NTZ";
  const areScalar = [a, b].every((type) => !["VARIANT", "OBJECT", "ARRAY"].includes(type));
  return format.type === "CSV" || (areScalar && (a === "TEXT" || b === "TEXT")) ? "TEXT" : "VARIANT";
}

const columnsOf = async (file: StagedFile, format: FileFormat, maxRecords: number): Promise<InferredColumn[]> =>
  format.type === "PARQUET"
    ? (await parquetColumns(file)).map((column) => ({
        name: column.name,
        type: typeOf(column, format),
        nullable: column.nullable,
      }))
    : guessedColumns(file, format, maxRecords);

function typeOf(column: ParquetColumn, format: FileFormat): string {
  const { engineType: type } = column;
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal) return `NUMBER(${decimal[1]}, ${decimal[2]})`;
  // The engine spells the smallest unsigned integer in a way of its own.
  if (/^U?T*(INY|TINY|SMALL|BIG|HUGE)?INT(EGER)?$/.test(type)) return "NUMBER(38, 0)";
  const isAnnotated = flag(format, "USE_LOGICAL_TYPE") || isTemporal(column);
  // Only the newer annotation tells an instant from a wall clock.
  const isInstant = type.includes("TIME ZONE") && flag(format, "USE_LOGICAL_TYPE");
  if (type.startsWith("TIMESTAMP") && isInstant) return "TIMESTAMP_LTZ";
  if (type.startsWith("TIMESTAMP")) return isAnnotated ? "TIMESTAMP_NTZ" : "NUMBER(38, 0)";
  if (type.startsWith("TIME")) return isAnnotated ? "TIME" : "NUMBER(38, 0)";
  switch (type) {
    case "FLOAT":
    case "DOUBLE":
      return "REAL";
    case "BOOLEAN":
    case "DATE":
      return type;
    case "VARCHAR":
    case "UUID":
      return "TEXT";
    // Whatever BINARY_AS_TEXT makes of it when it is read. Source: test_all_pandas_types of snowflake-connector-python.
    case "BLOB":
      return "BINARY";
    default:
      return "VARIANT";
  }
}
