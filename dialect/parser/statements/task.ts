import type { CreateAlert, CreateTask, Name, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";
import { parseStandaloneStatement } from "./scriptStatement";

/** https://docs.snowflake.com/en/sql-reference/sql/create-task */
export function parseCreateTask(cursor: Cursor, head: CreateHead): CreateTask {
  const task: CreateTask = {
    kind: "CreateTask",
    ...parseCreateStart(cursor, head),
    properties: [],
    tags: [],
    after: [],
    span: { start: head.start, end: head.start },
  };
  while (acceptClause(cursor, task) || acceptState(cursor, head, task));
  if (task.clone === undefined) {
    cursor.expect("AS");
    cursor.inTask = true;
    task.body = parseStandaloneStatement(cursor);
    cursor.inTask = false;
  }
  task.span = cursor.span(head.start);
  return task;
}

function acceptClause(cursor: Cursor, task: CreateTask): boolean {
  if (cursor.atStatementEnd) return false;
  if (cursor.accept("AFTER")) task.after.push(...cursor.list(() => cursor.name()));
  else if (cursor.isSequence("FINALIZE", "=")) {
    cursor.acceptSequence("FINALIZE", "=");
    task.finalize = cursor.isString() ? quotedName(cursor) : cursor.name();
  } else if (cursor.accept("WHEN")) task.when = cursor.expression();
  else if (cursor.is("CLONE")) task.clone = acceptClone(cursor);
  else if (cursor.isSequence("EXECUTE", "AS", "USER")) {
    const { start } = cursor;
    cursor.acceptSequence("EXECUTE", "AS", "USER");
    const value = cursor.name();
    task.properties.push({ kind: "Property", name: "EXECUTE AS USER", value, bare: true, span: cursor.span(start) });
  } else {
    const property =
      acceptFlag(cursor, "COPY GRANTS") ??
      acceptComment(cursor) ??
      (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property === undefined) return acceptGovernance(cursor, task);
    task.properties.push(property);
    if (cursor.is(",") && cursor.peek(2).keyword === "=") cursor.next();
  }
  return true;
}

/** A name in quotes, as properties take it. */
function quotedName(cursor: Cursor): Name {
  const { start } = cursor;
  const argument = cursor.string();
  return { kind: "IdentifierFunction", argument, rest: [], bare: true, span: cursor.span(start) };
}

/** `STARTED` or `SUSPENDED`, which only a DCM project says. https://docs.snowflake.com/en/user-guide/dcm-projects/dcm-projects-supported-entities */
function acceptState(cursor: Cursor, head: CreateHead, into: { properties: Property[] }): boolean {
  const state = head.define ? acceptFlag(cursor, "STARTED", "SUSPENDED") : undefined;
  if (state === undefined) return false;
  into.properties.push(state);
  return true;
}

/** https://docs.snowflake.com/en/sql-reference/sql/create-alert */
export function parseCreateAlert(cursor: Cursor, head: CreateHead): CreateAlert {
  const alert: CreateAlert = {
    kind: "CreateAlert",
    ...parseCreateStart(cursor, head),
    properties: [],
    tags: [],
    span: { start: head.start, end: head.start },
  };
  for (;;) {
    const property = acceptComment(cursor) ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property !== undefined) alert.properties.push(property);
    else if (!acceptGovernance(cursor, alert) && !acceptState(cursor, head, alert)) break;
  }
  const clone = acceptClone(cursor);
  if (clone !== undefined) alert.clone = clone;
  else {
    cursor.expect("IF");
    alert.condition = cursor.parenthesized(() => parseExists(cursor));
    cursor.expect("THEN");
    alert.action = parseStandaloneStatement(cursor);
  }
  alert.span = cursor.span(head.start);
  return alert;
}

/** `EXISTS (statement)`: a query, SHOW or CALL. */
export function parseExists(cursor: Cursor): NonNullable<CreateAlert["condition"]> {
  cursor.expect("EXISTS");
  return cursor.parenthesized(() => cursor.statement());
}
