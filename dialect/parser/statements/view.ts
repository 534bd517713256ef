import type { CreateView } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { parseViewColumn } from "./columns";
import { type CreateHead, parseCreateStart } from "./createHead";
import { parseClusterBy } from "./createTable";

/**
 * CREATE VIEW and CREATE MATERIALIZED VIEW.
 * https://docs.snowflake.com/en/sql-reference/sql/create-view,
 * https://docs.snowflake.com/en/sql-reference/sql/create-materialized-view
 */
export function parseCreateView(cursor: Cursor, head: CreateHead): CreateView {
  const start = parseCreateStart(cursor, head);
  const view: Omit<CreateView, "query"> = {
    kind: "CreateView",
    ...start,
    secure: head.modifiers.has("SECURE"),
    temporary: head.modifiers.has("TEMPORARY"),
    recursive: head.modifiers.has("RECURSIVE"),
    materialized: head.objectType !== "VIEW",
    ...(head.objectType === "INTERACTIVE MATERIALIZED VIEW" && { interactive: true }),
    columns: [],
    policies: [],
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  while (acceptClause(cursor, view));
  cursor.expect("AS");
  const query = cursor.query();
  return { ...view, query, span: cursor.span(head.start) };
}

function acceptClause(cursor: Cursor, view: Omit<CreateView, "query">): boolean {
  const flag = acceptFlag(cursor, "COPY GRANTS", "COPY TAGS") ?? acceptComment(cursor);
  if (flag !== undefined) view.properties.push(flag);
  else if (cursor.is("(") && view.columns.length === 0)
    view.columns = cursor.parenthesizedList(() => parseViewColumn(cursor));
  else if (cursor.isSequence("CLUSTER", "BY")) view.clusterBy = parseClusterBy(cursor);
  else if (isProperty(cursor)) view.properties.push(parseProperty(cursor));
  else return acceptGovernance(cursor, view);
  return true;
}
