import { type CreateView, print, type Query, type Select, type SelectItem } from "../../../../dialect/index";
import { maskedColumns, rowAccessOfCreate } from "../../../bodyPolicies/attach";
import type { MaterializedViewDoc, TableDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { printName } from "../../../names/print";
import { requirePrivilege } from "../../../privileges/index";
import { columnTypeName } from "../../../types/dataType";
import { createInSchema } from "../schemaObjects/place";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText, sourceTextToEnd } from "../support/text";
import { baseOfMaterialized } from "./materializable";
import { viewColumns } from "./viewColumns";

/** The query with the columns of today for its stars: those that the table gets later do not belong to the view. */
function withoutStars(context: ExecutionContext, query: Query, select: Select, base: TableDoc): string {
  if (!select.items.some(({ expression }) => expression.kind === "Star")) return sourceText(context, query);
  if (select.from.length > 1) throw unsupportedFeature("* beside FLATTEN in a materialized view");
  const items = select.items.flatMap((item): SelectItem[] => {
    if (item.expression.kind !== "Star") return [item];
    const { exclude, ilike, rename, replace } = item.expression;
    if (exclude || ilike || rename || replace) throw unsupportedFeature("* with changes in a materialized view");
    return base.columns.map(({ name }): SelectItem => {
      const text = printName(name);
      const part = { kind: "Identifier", span: item.span, text, value: name, quoted: text !== name } as const;
      return { ...item, expression: { kind: "ColumnReference", span: item.span, parts: [part] } };
    });
  });
  return print({ ...query, body: { ...select, items } });
}

/** What is kept of the table, to see what happens to it. */
const baseFacts = ({ id, name, parentId, columns }: TableDoc): MaterializedViewDoc["base"] => ({
  id,
  name,
  parentId,
  columns: columns.map((column) => ({ id: column.id, name: column.name, type: columnTypeName(column.type) })),
});

function readMaterializedView(context: ExecutionContext, statement: CreateView) {
  const properties = new Properties(context, statement.properties);
  const comment = properties.text("COMMENT");
  properties.take("COPY GRANTS");
  properties.finish("MATERIALIZED_VIEW");
  const name = nameParts(context, statement.name).at(-1) ?? "";
  const { base, select } = baseOfMaterialized(context, statement.query);
  requirePrivilege(context, "SELECT", base);
  if (statement.clusterBy && statement.columns.length === 0)
    throw compilationError("001003", "42000", "CLUSTER BY of a materialized view needs its list of columns.");
  const columns = maskedColumns(context, name, viewColumns(context, statement), statement.columns);
  return {
    columns,
    ...rowAccessOfCreate(context, statement.policies, { name, columns }),
    text: sourceTextToEnd(context, statement),
    query: withoutStars(context, statement.query, select, base),
    base: baseFacts(base),
    comment,
    ...(statement.columns.length > 0 ? { explicitColumns: true } : {}),
    ...(statement.secure ? { secure: true } : {}),
    ...(statement.clusterBy ? { clusterBy: statement.clusterBy.map((key) => sourceText(context, key)) } : {}),
  };
}

/** CREATE [OR REPLACE] [SECURE] MATERIALIZED VIEW. Source: …/sql-reference/sql/create-materialized-view */
export function createMaterializedView(context: ExecutionContext, statement: CreateView): Promise<StatementResult> {
  return createInSchema<"MATERIALIZED_VIEW">(context, statement, "MATERIALIZED_VIEW", () => ({
    copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
    draft: () => ({ ...readMaterializedView(context, statement), tags: tagValues(context, statement.tags) }),
  }));
}
