import type { CreateCortexSearchService } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, isProperty, parseProperties, parseProperty } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/create-cortex-search */
export function parseCreateCortexSearchService(cursor: Cursor, head: CreateHead): CreateCortexSearchService {
  const service: Omit<CreateCortexSearchService, "query"> = {
    kind: "CreateCortexSearchService",
    ...parseCreateStart(cursor, head),
    textIndexes: [],
    vectorIndexes: [],
    primaryKey: [],
    attributes: [],
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  while (acceptClause(cursor, service));
  if (service.on === undefined && service.vectorIndexes.length === 0) throw cursor.unexpected(["ON", "VECTOR INDEXES"]);
  cursor.expect("AS");
  const query = cursor.query();
  return { ...service, query, span: cursor.span(head.start) };
}

function acceptClause(cursor: Cursor, service: Omit<CreateCortexSearchService, "query">): boolean {
  const property = acceptComment(cursor) ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
  if (property !== undefined) service.properties.push(property);
  else if (service.on === undefined && cursor.accept("ON")) service.on = cursor.identifier();
  else if (cursor.acceptSequence("TEXT", "INDEXES")) service.textIndexes = cursor.list(() => cursor.identifier());
  else if (cursor.acceptSequence("VECTOR", "INDEXES"))
    service.vectorIndexes = cursor.list(() => ({
      column: cursor.identifier(),
      properties: cursor.is("(") ? parseModel(cursor) : [],
    }));
  else if (cursor.acceptSequence("PRIMARY", "KEY"))
    service.primaryKey = cursor.parenthesizedList(() => cursor.identifier());
  else if (cursor.accept("ATTRIBUTES")) service.attributes = cursor.list(() => cursor.identifier());
  else return acceptGovernance(cursor, service);
  return true;
}

/** `(model = 'e')` or `(query_model = 'e')` */
const parseModel = (cursor: Cursor) => cursor.parenthesized(() => parseProperties(cursor));
