import type { CatalogueSnapshot } from "../../../catalogue/catalogue";
import type { DynamicTableDoc } from "../../../catalogue/model";
import { quoteText } from "../../../ddlText/quote";
import { printName } from "../../../names/resolve";

export const lagText = ({ targetLag }: Pick<DynamicTableDoc, "targetLag">): string =>
  targetLag === "DOWNSTREAM" ? "DOWNSTREAM" : targetLag.text;

/**
 * What SHOW DYNAMIC TABLES prints as `text`: not the statement as written but Snowflake's own order of clauses, with the
 * mode as configured. The Snowflake plugin reads query, refresh_mode and initialize back out of exactly this shape.
 */
export function dynamicTableText(
  catalogue: CatalogueSnapshot,
  doc: Omit<DynamicTableDoc, "text"> & { text?: string },
  orReplace = /^CREATE OR REPLACE /.test(doc.text ?? ""),
): string {
  const warehouse = catalogue.get("WAREHOUSE", doc.warehouseId);
  const columns = doc.explicitColumns ? `(${doc.columns.map((c) => printName(c.name)).join(",")})` : "";
  return [
    `CREATE ${orReplace ? "OR REPLACE " : ""}${doc.transient ? "TRANSIENT " : ""}DYNAMIC TABLE`,
    `${printName(doc.name)}${columns}`,
    ...(doc.comment ? [`COMMENT = ${quoteText(doc.comment)}`] : []),
    `lag = '${lagText(doc)}'`,
    `refresh_mode = '${doc.refreshMode}'`,
    `initialize = '${doc.initialize}'`,
    `WAREHOUSE = ${printName(warehouse?.name ?? "")}`,
    ...(doc.clusterBy ? [`CLUSTER BY (${doc.clusterBy.join(", ")})`] : []),
    `AS ${doc.query}`,
  ].join(" ");
}
