import type { Constraint, Identifier } from "../../ast/index";
import type { Cursor } from "../cursor";

const PROPERTIES: string[] = [
  "NOT ENFORCED",
  "ENFORCED",
  "NOT DEFERRABLE",
  "DEFERRABLE",
  "INITIALLY DEFERRED",
  "INITIALLY IMMEDIATE",
  "ENABLE",
  "DISABLE",
  "VALIDATE",
  "NOVALIDATE",
  "RELY",
  "NORELY",
  "MATCH FULL",
  "MATCH SIMPLE",
  "MATCH PARTIAL",
];
const PROPERTY_WORDS = PROPERTIES.map((property) => property.split(" "));
const FIRST_PROPERTY_WORDS = new Set(PROPERTY_WORDS.map(([first]) => first as string).concat("ON"));
const REFERENTIAL_ACTIONS = [["CASCADE"], ["SET", "NULL"], ["SET", "DEFAULT"], ["RESTRICT"], ["NO", "ACTION"]];

/**
 * A constraint behind a column: UNIQUE, PRIMARY KEY, [FOREIGN KEY] REFERENCES, CHECK.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table-constraint
 */
export function acceptInlineConstraint(cursor: Cursor): Constraint | undefined {
  const { start } = cursor;
  let name: Identifier | undefined;
  if (cursor.accept("CONSTRAINT")) name = cursor.identifier();
  const constraint: Constraint = {
    kind: "Constraint",
    type: "UNIQUE",
    columns: [],
    properties: [],
    span: { start, end: start },
  };
  if (name !== undefined) constraint.name = name;
  if (cursor.accept("UNIQUE")) constraint.type = "UNIQUE";
  else if (cursor.acceptSequence("PRIMARY", "KEY")) constraint.type = "PRIMARY KEY";
  else if (cursor.acceptSequence("FOREIGN", "KEY") || cursor.is("REFERENCES")) {
    constraint.type = "FOREIGN KEY";
    parseReferences(cursor, constraint);
  } else if (cursor.is("CHECK")) parseCheck(cursor, constraint);
  else if (name !== undefined) throw cursor.unexpected();
  else return undefined;
  parseConstraintProperties(cursor, constraint);
  constraint.span = cursor.span(start);
  return constraint;
}

/** True where a constraint of its own, and not a column, begins. */
export function isOutOfLineConstraint(cursor: Cursor): boolean {
  return (
    cursor.is("CONSTRAINT") ||
    cursor.isSequence("PRIMARY", "KEY") ||
    cursor.isSequence("FOREIGN", "KEY") ||
    cursor.is("UNIQUE") ||
    cursor.is("CHECK")
  );
}

/** A constraint beside the columns, with its own list of them. */
export function parseOutOfLineConstraint(cursor: Cursor): Constraint {
  const { start } = cursor;
  const constraint: Constraint = {
    kind: "Constraint",
    type: "UNIQUE",
    columns: [],
    properties: [],
    span: { start, end: start },
  };
  if (cursor.accept("CONSTRAINT")) constraint.name = cursor.identifier();
  if (cursor.accept("UNIQUE")) parseOwnColumns(cursor, constraint);
  else if (cursor.acceptSequence("PRIMARY", "KEY")) {
    constraint.type = "PRIMARY KEY";
    parseOwnColumns(cursor, constraint);
  } else if (cursor.is("CHECK")) parseCheck(cursor, constraint);
  else {
    cursor.acceptSequence("FOREIGN", "KEY");
    constraint.type = "FOREIGN KEY";
    if (cursor.is("(")) parseOwnColumns(cursor, constraint);
    parseReferences(cursor, constraint);
  }
  parseConstraintProperties(cursor, constraint);
  if (cursor.accept("COMMENT")) {
    cursor.accept("=");
    constraint.comment = cursor.string();
  }
  constraint.span = cursor.span(start);
  return constraint;
}

/** `INDEX name (columns) [INCLUDE (columns)]` of a hybrid table. */
export function parseIndex(cursor: Cursor): Constraint {
  const { start } = cursor;
  cursor.expect("INDEX");
  const name = cursor.identifier();
  const columns = cursor.parenthesizedList(() => cursor.identifier());
  const index: Constraint = {
    kind: "Constraint",
    name,
    type: "INDEX",
    columns,
    properties: [],
    span: { start, end: start },
  };
  if (cursor.accept("INCLUDE")) index.include = cursor.parenthesizedList(() => cursor.identifier());
  index.span = cursor.span(start);
  return index;
}

function parseOwnColumns(cursor: Cursor, constraint: Constraint): void {
  constraint.columns = cursor.parenthesizedList(() => cursor.identifier());
}

function parseReferences(cursor: Cursor, constraint: Constraint): void {
  cursor.expect("REFERENCES");
  const table = cursor.name();
  const columns = cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [];
  constraint.references = { table, columns };
}

function parseCheck(cursor: Cursor, constraint: Constraint): void {
  cursor.expect("CHECK");
  constraint.type = "CHECK";
  constraint.check = cursor.parenthesized(() => cursor.expression());
}

/** `[NOT] ENFORCED`, `RELY`, `ON DELETE CASCADE` … in any order. */
export function parseConstraintProperties(cursor: Cursor, constraint: { properties: string[] }): void {
  while (FIRST_PROPERTY_WORDS.has(cursor.token.keyword)) {
    const words = PROPERTY_WORDS.find((w) => cursor.isSequence(...w));
    if (words !== undefined) {
      cursor.acceptSequence(...words);
      constraint.properties.push(words.join(" "));
    } else if (cursor.isSequence("ON", "DELETE") || cursor.isSequence("ON", "UPDATE")) {
      cursor.next();
      const event = cursor.next().keyword;
      const action = REFERENTIAL_ACTIONS.find((w) => cursor.acceptSequence(...w));
      if (action === undefined)
        throw cursor.unexpected(["CASCADE", "RESTRICT", "SET NULL", "SET DEFAULT", "NO ACTION"]);
      constraint.properties.push(`ON ${event} ${action.join(" ")}`);
    } else break;
  }
}
