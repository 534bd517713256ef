import { type CreateView, parseQuery, type Query, visit } from "../../../../dialect/index";
import { maskedColumns, rowAccessOfCreate } from "../../../bodyPolicies/attach";
import type { ColumnDoc, ViewDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { settled } from "../../../translate/bound";
import { translateQuery } from "../../../translate/index";
import { viewQuery } from "../../../translate/query/viewQuery";
import { createInSchema } from "../schemaObjects/place";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText, sourceTextToEnd } from "../support/text";
import { refuseDuplicates } from "./columns";
import { invalidColumnList, namedColumns } from "./fromQuery";

/** The view as the statement describes it; its query must compile for whoever creates it. */
function readView(
  context: ExecutionContext,
  statement: CreateView,
): Omit<ViewDoc, "id" | "name" | "kind" | "createdOn" | "ownerId" | "parentId"> {
  const properties = new Properties(context, statement.properties);
  const comment = properties.text("COMMENT");
  const changeTracking = properties.boolean("CHANGE_TRACKING");
  properties.take("COPY GRANTS");
  properties.take("COPY TAGS");
  properties.finish("VIEW");
  const name = nameParts(context, statement.name).at(-1) ?? "";
  const columns = maskedColumns(context, name, viewColumns(context, statement), statement.columns);
  return {
    columns,
    ...rowAccessOfCreate(context, statement.policies, { name, columns }),
    text: sourceTextToEnd(context, statement),
    query: sourceText(context, statement.query),
    comment,
    ...(statement.columns.length > 0 ? { explicitColumns: true } : {}),
    ...(statement.secure ? { secure: true } : {}),
    ...(statement.temporary ? { temporary: true } : {}),
    ...(statement.recursive ? { recursive: true } : {}),
    ...(changeTracking ? { changeTracking: true } : {}),
  };
}

/** What is bound to a statement is gone when its view is read. */
function refuseBinds(statement: CreateView): void {
  const refuse = (): never => {
    throw compilationError("001003", "42000", "Bind variables not allowed in view and UDF definitions.");
  };
  visit(statement.query, { BindPlaceholder: refuse, BindVariable: refuse });
}

/** The query that gives the rows, with the places of the statement. */
function rowsQuery(context: ExecutionContext, statement: CreateView): Query {
  if (!statement.recursive) return statement.query;
  if (statement.columns.length === 0) throw invalidColumnList();
  const name = nameParts(context, statement.name).at(-1) ?? "";
  const columns = statement.columns.map((c) => ({ name: c.name.value }));
  const query = parseQuery(viewQuery({ name, columns, query: "SELECT 1", recursive: true }));
  for (const table of query.with?.tables ?? [])
    if (table.kind === "CommonTableExpression") table.query = statement.query;
  return query;
}

function viewColumns(context: ExecutionContext, statement: CreateView): ColumnDoc[] {
  refuseBinds(statement);
  const { columns: given } = translateQuery(context, rowsQuery(context, statement));
  const columns = statement.columns.length === 0 ? namedColumns(statement.query, given) : given;
  if (statement.columns.length > 0 && statement.columns.length !== columns.length) throw invalidColumnList();
  const named = columns.map((column, i): ColumnDoc => {
    const definition = statement.columns[i];
    const tags = definition ? tagValues(context, definition.tags) : undefined;
    return {
      id: i + 1,
      name: definition?.name.value ?? column.name,
      type: settled(column.type),
      // Nothing but a column as it is passes its NOT NULL on, not even what can be no NULL.
      nullable: column.nullable || !column.isPlain,
      ...(definition?.comment?.value ? { comment: definition.comment.value } : {}),
      ...(tags ? { tags } : {}),
    };
  });
  refuseDuplicates(named.map((c) => c.name));
  return named;
}

/** CREATE [OR REPLACE | OR ALTER] [SECURE] VIEW. */
export function createView(context: ExecutionContext, statement: CreateView): Promise<StatementResult> {
  if (statement.materialized) throw unsupportedFeature("CREATE MATERIALIZED VIEW");
  return createInSchema<"VIEW">(context, statement, "VIEW", () => ({
    temporary: statement.temporary,
    copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
    copyTags: statement.properties.some((p) => p.name === "COPY TAGS"),
    draft: () => ({ ...readView(context, statement), tags: tagValues(context, statement.tags) }),
    async alter(unit, doc) {
      if (doc.rowAccessPolicy || doc.columns.some((column) => column.maskingPolicy))
        throw unsupportedFeature("CREATE OR ALTER VIEW of a view with policies");
      unit.catalogue.update<ViewDoc>(doc, {
        secure: undefined,
        recursive: undefined,
        changeTracking: undefined,
        explicitColumns: undefined,
        ...readView(context, statement),
      });
    },
  }));
}
