import type { ColumnDoc } from "../catalogue/model";
import { defaultOf } from "../statements/dml/values";
import type { Binder } from "../translate/binder";
import { type Bound, bound } from "../translate/bound";
import { assign } from "../translate/conversion/assign";
import { cast } from "../translate/conversion/cast";
import { relationOf } from "../translate/query/tables";
import type { Settings } from "../translate/settings";
import { once, raise } from "../translate/sql";
import { isSemiStructured, physicalType, VARIANT, varchar } from "../types/dataType";
import type { CopyPlan } from "./copyPlan";
import { type FileFormat, isVariantFormat, optionWord } from "./format";
import { METADATA, metadataOutputs } from "./relation";

/** SQL of what goes into each column of the table, over the raw records as `from`. */
export interface CopyValues {
  from: string;
  /** In the order of the table's columns; `field` for what comes out of the files. */
  values: { column: ColumnDoc; sql: string; field: boolean }[];
}

/** The values of a COPY over the temporary table `raw` that `loadRaw` fills. */
export function copyValues(binder: Binder, plan: CopyPlan, raw: string): CopyValues {
  const isVariant = isVariantFormat(plan.format);
  const settings = inputSettings(binder.settings, plan.format);
  const fields = Array.from({ length: plan.width }, (_, i) => (isVariant ? `w${i + 1}::JSON` : `w${i + 1}`));
  const outputs = [...fields, ...metadataOutputs(Number(binder.context.now / 1000n)), "f", "r"];
  const sql = `(SELECT ${outputs.map((output, i) => `${output} AS o${i + 1}`).join(", ")} FROM ${raw})`;
  const columns = [
    ...fields.map((_, i) => ({ name: `$${i + 1}`, type: isVariant ? VARIANT : varchar(), nullable: true })),
    ...METADATA,
    { name: "\uE000f", type: varchar(), nullable: false },
    { name: "\uE000r", type: varchar(), nullable: false },
  ];
  const alias = plan.transformation?.alias;
  const from = relationOf(binder, sql, columns, alias, alias?.name.value);
  const scope = binder.scope.relations.at(-1)?.columns ?? [];
  const values = plan.table.columns.map((column) => {
    const fact = scope.find(({ name }) => name === plan.metadata.get(column.id));
    if (fact) return { column, sql: converted(bound(fact.sql, fact.type, false), column, plan, settings), field: true };
    const place = plan.columns.indexOf(column);
    if (place < 0) return { column, sql: defaultOf(binder, plan.table, column).sql, field: false };
    const item = plan.transformation?.items[place];
    const source = scope[place];
    const given =
      item && item.expression.kind !== "Star"
        ? binder.expression(item.expression)
        : bound(source?.sql ?? "NULL", source?.type ?? varchar(), true);
    return { column, sql: converted(given, column, plan, settings), field: true };
  });
  return { from, values };
}

/** File and row of a record, in the SQL over `from`. */
export const recordOf = (binder: Binder): { file: string; row: string } => {
  const [file, row] = (binder.scope.relations.at(-1)?.columns ?? []).slice(-2);
  return { file: file?.sql ?? "", row: `${row?.sql ?? ""}::BIGINT` };
};

function converted(value: Bound, column: ColumnDoc, plan: CopyPlan, settings: Settings): string {
  const { type } = column;
  const isText = value.type.kind === "VARCHAR" || value.type.kind === "NULL";
  let sql: string;
  if (type.kind === "VARCHAR") {
    sql = limited(cast(value, varchar(), settings).sql, type.length, plan.options.truncateColumns);
  } else if (isSemiStructured(type) && isText) {
    const parsed = bound(`sf_parse_json(${value.sql}, FALSE, FALSE)`, VARIANT);
    sql = cast(parsed, type, settings, "assign").sql;
  } else sql = assign(value, column, settings).sql;
  if (column.nullable) return sql;
  const [code, message] =
    plan.format.type === "CSV"
      ? [
          "100088",
          "NULL result in a non-nullable column. Use quotes if an empty field should be interpreted as an empty string instead of a null",
        ]
      : ["100072", "NULL result in a non-nullable column"];
  return once(
    sql,
    (x) =>
      `CASE WHEN ${x} IS NULL THEN ${raise(code as string, "22000", message as string, "''", "", physicalType(type))} ELSE ${x} END`,
  );
}

/** Longer texts are cut or refused, as TRUNCATECOLUMNS says. */
function limited(text: string, length: number, truncates: boolean): string {
  if (truncates) return `left(${text}, ${length})`;
  return once(text, (x) => {
    const error = raise(
      "100074",
      "54000",
      `User character length limit (${length}) exceeded by string '`,
      `left(${x}, 1000)`,
      "'",
      "VARCHAR",
    );
    return `CASE WHEN length(${x}) > ${length} THEN ${error} ELSE ${x} END`;
  });
}

/** DATE_FORMAT and its kin stand before the parameters of the session. */
function inputSettings(settings: Settings, format: FileFormat): Settings {
  const option = (name: string): string | undefined =>
    optionWord(format, name) === "AUTO" ? undefined : String(format.options[name]);
  return {
    ...settings,
    dateInput: option("DATE_FORMAT") ?? settings.dateInput,
    timeInput: option("TIME_FORMAT") ?? settings.timeInput,
    timestampInput: option("TIMESTAMP_FORMAT") ?? settings.timestampInput,
    binaryInput: option("BINARY_FORMAT")?.toUpperCase() ?? settings.binaryInput,
  };
}
