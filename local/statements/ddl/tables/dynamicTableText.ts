import type { CatalogueSnapshot } from "../../../catalogue/catalogue";
import type { DynamicTableDoc } from "../../../catalogue/model";
import { quoteText } from "../../../ddlText/quote";
import { nameOfText } from "../../../names/parts";
import { printName } from "../../../names/resolve";

/** Null where nothing is scheduled. */
export const lagText = ({ targetLag }: Pick<DynamicTableDoc, "targetLag">): string | null =>
  targetLag === "DOWNSTREAM" ? "DOWNSTREAM" : (targetLag?.text ?? null);

/** With schema and database where CREATE said them; once renamed, its name alone. */
function nameAsWritten({ name, writtenName }: Pick<DynamicTableDoc, "name" | "writtenName">): string {
  const written = writtenName === undefined ? undefined : nameOfText(writtenName);
  const isSame = written?.kind === "ObjectName" && written.parts.at(-1)?.value === name;
  return isSame ? (writtenName as string) : printName(name);
}

/**
 * What SHOW DYNAMIC TABLES prints as `text`: not the statement as written but Snowflake's own order of clauses, with the
 * mode as configured. The Snowflake plugin reads query, refresh_mode and initialize back out of exactly this shape.
 * Source: "create with usage tracking comment" of dynamic tables in the Terraform provider's tests.
 */
export function dynamicTableText(
  catalogue: CatalogueSnapshot,
  doc: Omit<DynamicTableDoc, "text"> & { text?: string },
  orReplace = /^CREATE OR REPLACE /.test(doc.text ?? ""),
): string {
  const warehouse = catalogue.get("WAREHOUSE", doc.warehouseId);
  const initialization =
    doc.initializationWarehouseId === undefined
      ? undefined
      : catalogue.get("WAREHOUSE", doc.initializationWarehouseId)?.name;
  const lag = lagText(doc);
  const columns = doc.explicitColumns ? `(${doc.columns.map((c) => printName(c.name)).join(",")})` : "";
  return [
    `CREATE ${orReplace ? "OR REPLACE " : ""}${doc.transient ? "TRANSIENT " : ""}DYNAMIC TABLE`,
    `${nameAsWritten(doc)}${columns}`,
    ...(doc.comment ? [`COMMENT = ${quoteText(doc.comment)}`] : []),
    ...(lag === null ? [] : [`lag = '${lag}'`]),
    ...(doc.scheduler ? [`scheduler = '${doc.scheduler}'`] : []),
    `refresh_mode = '${doc.refreshMode}'`,
    `initialize = '${doc.initialize}'`,
    `warehouse = ${printName(warehouse?.name ?? "")}`,
    ...(initialization === undefined ? [] : [`INITIALIZATION_WAREHOUSE = ${printName(initialization)}`]),
    ...(doc.clusterBy ? [`CLUSTER BY (${doc.clusterBy.join(", ")})`] : []),
    `AS${doc.writtenQuery ?? ` ${doc.query}`}`,
  ].join(" ");
}
