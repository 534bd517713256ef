import type { CopyIntoLocation, Query } from "../../dialect/index";
import { compilationError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import type { ResultColumn } from "../execution/result";
import { type Binder, Shared } from "../translate/binder";
import { bound } from "../translate/bound";
import type { TranslatedQuery } from "../translate/contract";
import { asText } from "../translate/conversion/cast";
import { newBinder } from "../translate/index";
import { selectAll } from "../translate/query/selectAll";
import { derivedTable } from "../translate/query/tables";
import type { Settings } from "../translate/settings";
import { quote } from "../translate/sql";
import { type DataType, isSemiStructured } from "../types/dataType";
import { type FileFormat, optionWord } from "./format";

/** What is unloaded as texts: one per column, then the partition when there is one. */
export interface UnloadQuery extends Pick<TranslatedQuery, "sql" | "params" | "prerequisites"> {
  columns: ResultColumn[];
  hasPartition: boolean;
}

/** `FROM t` is `SELECT * FROM t`. */
export const sourceQuery = ({ from }: CopyIntoLocation): Query =>
  from.kind === "Query" ? from : selectAll({ kind: "NamedTable", span: from.span, name: from });

/** Translates the source of COPY INTO @stage. Error: JSON takes one semi-structured column. */
export function unloadQuery(context: ExecutionContext, statement: CopyIntoLocation, format: FileFormat): UnloadQuery {
  const shared = new Shared();
  const binder = newBinder(context, shared);
  const source = binder.child({ correlated: false }).query(sourceQuery(statement));
  if (
    format.type === "JSON" &&
    !(source.columns.length === 1 && isSemiStructured((source.columns[0] as ResultColumn).type))
  )
    throw unsupportedFeature("unloading of more than one column or non-json values");
  const from = derivedTable(binder, source, undefined);
  const settings = outputSettings(binder, format);
  const texts = (binder.scope.relations.at(-1)?.columns ?? []).map((column) => {
    if (format.type === "PARQUET") return parquetOutput(column.sql, column.type, settings.timezone);
    const value = bound(column.sql, column.type);
    return isSemiStructured(column.type)
      ? `sf_to_json(${column.sql}, ${quote(settings.timezone)})`
      : asText(value, settings);
  });
  const partition = statement.partitionBy
    ? asText(binder.expression(statement.partitionBy), binder.settings)
    : undefined;
  const items = [...texts, ...(partition === undefined ? [] : [partition])];
  return {
    sql: `SELECT ${items.map((sql, i) => `${format.type === "PARQUET" ? sql : `(${sql})::VARCHAR`} AS o${i + 1}`).join(", ")} FROM ${from}`,
    params: shared.params,
    prerequisites: shared.prerequisites,
    columns: source.columns,
    hasPartition: partition !== undefined,
  };
}

export const oneVariantOnly = (type: string) =>
  compilationError(
    "002019",
    "0A000",
    `${type} file format can produce one and only one column of type variant, object, or array. Load data into separate columns using the MATCH_BY_COLUMN_NAME copy option or copy with transformation.`,
  );

/** What a column becomes in a Parquet file. Source: https://docs.snowflake.com/en/sql-reference/sql/copy-into-location */
function parquetOutput(sql: string, type: DataType, timezone: string): string {
  if (type.kind === "DECFLOAT" || type.kind === "INTERVAL") throw unsupportedFeature(`${type.kind} in a Parquet file`);
  if (isSemiStructured(type)) return `sf_to_json(${sql}, ${quote(timezone)})::VARCHAR`;
  if (type.kind === "TIMESTAMP_TZ" || type.kind === "TIMESTAMP_LTZ")
    throw compilationError(
      "001038",
      "22023",
      `Error encountered when unloading to PARQUET: TIMESTAMP_TZ and LTZ types are not supported for unloading to Parquet. Convert the column to TIMESTAMP_NTZ.`,
    );
  return sql;
}

/** DATE_FORMAT and its kin stand before the parameters of the session. */
function outputSettings(binder: Binder, format: FileFormat): Settings {
  const option = (name: string): string | undefined =>
    optionWord(format, name) === "AUTO" ? undefined : String(format.options[name]);
  const { settings } = binder;
  const timestamp = option("TIMESTAMP_FORMAT");
  return {
    ...settings,
    dateOutput: option("DATE_FORMAT") ?? settings.dateOutput,
    timeOutput: option("TIME_FORMAT") ?? settings.timeOutput,
    ntzOutput: timestamp ?? settings.ntzOutput,
    ltzOutput: timestamp ?? settings.ltzOutput,
    tzOutput: timestamp ?? settings.tzOutput,
    binaryOutput: optionWord(format, "BINARY_FORMAT"),
  };
}
