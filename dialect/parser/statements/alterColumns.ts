import type {
  AlterAction,
  AlterColumn,
  ChangeTagValue,
  ColumnChange,
  Constraint,
  Identifier,
  ObjectType,
} from "../../ast/index";
import type { Cursor } from "../cursor";
import { isDataType, parseDataType } from "../dataTypes";
import { acceptPolicyType, parsePolicy, parseTag } from "../governance";
import { NOT_A_COLUMN_NAME } from "../keywords";
import { isTagBehindComma } from "./alterProperties";
import { parseColumn } from "./columns";
import { isOutOfLineConstraint, parseConstraintProperties, parseOutOfLineConstraint } from "./constraints";
import { TABLE_TYPES } from "./objectTypes";

/** Words behind ADD that are no column. */
const NOT_COLUMNS: ReadonlySet<string> = new Set(["DATA", "FILES", "PARTITION", "ROW", "STORAGE", "SEARCH"]);

/**
 * What ALTER TABLE does to columns and constraints, for tables of every kind and the columns of views.
 * https://docs.snowflake.com/en/sql-reference/sql/alter-table, https://docs.snowflake.com/en/sql-reference/sql/alter-table-column
 */
export function acceptColumnAction(cursor: Cursor, objectType: ObjectType): AlterAction[] | undefined {
  if (!TABLE_TYPES.has(objectType) && objectType !== "VIEW") return undefined;
  const { start } = cursor;
  if (objectType === "VIEW")
    return cursor.is("ALTER") || cursor.is("MODIFY") ? acceptChanges(cursor, start) : undefined;
  if (cursor.acceptSequence("RENAME", "COLUMN")) {
    const [from, to] = parseRenaming(cursor);
    return [{ kind: "RenameColumn", from, to, span: cursor.span(start) }];
  }
  if (cursor.acceptSequence("RENAME", "CONSTRAINT")) {
    const [from, to] = parseRenaming(cursor);
    return [{ kind: "RenameConstraint", from, to, span: cursor.span(start) }];
  }
  const change = acceptTagValue(cursor);
  if (change !== undefined) return [{ kind: "ChangeTagValue", change, span: cursor.span(start) }];
  if (cursor.is("ADD")) return acceptAdd(cursor, start);
  if (cursor.is("DROP")) return acceptDrop(cursor, start);
  if (cursor.is("ALTER") || cursor.is("MODIFY")) return acceptChanges(cursor, start);
  return undefined;
}

function parseRenaming(cursor: Cursor): [Identifier, Identifier] {
  const from = cursor.identifier();
  cursor.expect("TO");
  return [from, cursor.identifier()];
}

function acceptAdd(cursor: Cursor, start: number): AlterAction[] | undefined {
  const { keyword } = cursor.peek();
  const third = cursor.peek(2);
  if (NOT_COLUMNS.has(keyword) && third.kind === "Word" && !isTypeWord(third.keyword)) return undefined;
  if (keyword === "PARTITION" && third.keyword === "(") return undefined;
  if (keyword === "PARTITION" || keyword === "FILES") if (third.keyword === "(") return undefined;
  cursor.next();
  if (isOutOfLineConstraint(cursor)) {
    const constraint: Constraint = parseOutOfLineConstraint(cursor);
    return [{ kind: "AddConstraint", constraint, span: cursor.span(start) }];
  }
  cursor.accept("COLUMN");
  const ifNotExists = cursor.acceptSequence("IF", "NOT", "EXISTS");
  const columns = [parseAddedColumn(cursor)];
  while (cursor.is(",") && !isActionBehindComma(cursor)) {
    cursor.next();
    cursor.accept("COLUMN");
    cursor.acceptSequence("IF", "NOT", "EXISTS");
    columns.push(parseAddedColumn(cursor));
  }
  return [{ kind: "AddColumns", ifNotExists, columns, span: cursor.span(start) }];
}

function isTypeWord(keyword: string): boolean {
  return (
    keyword !== "METRIC" &&
    keyword !== "ACCESS" &&
    keyword !== "LIFECYCLE" &&
    keyword !== "OPTIMIZATION" &&
    keyword !== "BY"
  );
}

function parseAddedColumn(cursor: Cursor): ReturnType<typeof parseColumn> {
  const behindName = cursor.peek();
  const column = parseColumn(cursor, { bareComputed: true });
  if (column.type === undefined) throw cursor.unexpected(["a data type"], behindName);
  return column;
}

/** `, ADD …`, `, DROP …`, `, MODIFY …` begin the next action. */
function isActionBehindComma(cursor: Cursor): boolean {
  const next = cursor.peek();
  if (next.kind !== "Word") return false;
  if (next.keyword === "DROP" || next.keyword === "ALTER" || next.keyword === "SET") return true;
  return (
    (next.keyword === "ADD" || next.keyword === "MODIFY" || next.keyword === "UNSET") &&
    cursor.peek(2).kind === "Word" &&
    (cursor.peek(2).keyword === "COLUMN" || cursor.peek(3).kind === "Word" || cursor.peek(2).keyword === "ROW")
  );
}

function acceptDrop(cursor: Cursor, start: number): AlterAction[] | undefined {
  const { keyword } = cursor.peek();
  const third = cursor.peek(2).keyword;
  if (keyword === "CLUSTERING" && third === "KEY") return undefined;
  if (keyword === "DATA" && third === "METRIC") return undefined;
  if (keyword === "PARTITION" && (third === "LOCATION" || third === "BY")) return undefined;
  cursor.next();
  const constraint = acceptNamedConstraint(cursor);
  if (constraint !== undefined) {
    const behaviour = cursor.acceptAnyOf("CASCADE", "RESTRICT");
    const action: AlterAction = {
      kind: "DropConstraint",
      ...constraint,
      ...(behaviour && { behaviour }),
      span: cursor.span(start),
    };
    return [action];
  }
  cursor.accept("COLUMN");
  const ifExists = cursor.acceptSequence("IF", "EXISTS");
  const columns = [cursor.identifier()];
  while (cursor.is(",") && !isActionBehindComma(cursor)) {
    cursor.next();
    cursor.accept("COLUMN");
    cursor.acceptSequence("IF", "EXISTS");
    columns.push(cursor.identifier());
  }
  cursor.acceptAnyOf("CASCADE", "RESTRICT");
  return [{ kind: "DropColumns", ifExists, columns, span: cursor.span(start) }];
}

/** The columns of a constraint, which Snowflake's page has behind its name as well. */
function acceptColumns(cursor: Cursor): Identifier[] {
  return cursor.is("(") ? cursor.parenthesizedList(() => cursor.identifier()) : [];
}

/** A constraint that is there, by its name or by its type and columns. */
function acceptNamedConstraint(
  cursor: Cursor,
): { name?: Identifier; type?: "PRIMARY KEY" | "UNIQUE" | "FOREIGN KEY"; columns: Identifier[] } | undefined {
  if (cursor.accept("CONSTRAINT")) return { name: cursor.identifier(), columns: acceptColumns(cursor) };
  const type = cursor.acceptSequence("PRIMARY", "KEY")
    ? "PRIMARY KEY"
    : cursor.acceptSequence("FOREIGN", "KEY")
      ? "FOREIGN KEY"
      : cursor.accept("UNIQUE")
        ? "UNIQUE"
        : undefined;
  if (type === undefined) return undefined;
  return { type, columns: acceptColumns(cursor) };
}

/** `ALTER | MODIFY [(] [COLUMN] a … , [COLUMN] b … [)]` */
function acceptChanges(cursor: Cursor, start: number): AlterAction[] | undefined {
  const next = cursor.peek().keyword;
  if (next === "DATA" && cursor.peek(2).keyword === "METRIC") return undefined;
  cursor.next();
  const constraint = acceptNamedConstraint(cursor);
  if (constraint !== undefined) {
    const properties: string[] = [];
    parseConstraintProperties(cursor, { properties });
    if (properties.length === 0) throw cursor.unexpected();
    return [{ kind: "AlterConstraint", ...constraint, properties, span: cursor.span(start) }];
  }
  if (cursor.is("(")) return cursor.parenthesizedList(() => parseChange(cursor, cursor.start));
  const changes = [parseChange(cursor, start)];
  while (cursor.is(",") && !isActionBehindComma(cursor)) {
    cursor.next();
    changes.push(parseChange(cursor, cursor.start));
  }
  return changes;
}

/** `ADD | DROP VALUE 'v' FOR TAG t`. https://docs.snowflake.com/en/user-guide/object-tagging/multi-value-tags */
function acceptTagValue(cursor: Cursor): ChangeTagValue["change"] | undefined {
  const adds = cursor.is("ADD");
  if (!(adds || cursor.is("DROP")) || cursor.peek().keyword !== "VALUE" || cursor.peek(2).kind !== "String")
    return undefined;
  cursor.next();
  cursor.next();
  const value = cursor.string();
  cursor.expectSequence("FOR", "TAG");
  return { type: adds ? "ADD VALUE" : "DROP VALUE", value, tag: cursor.name() };
}

function parseChange(cursor: Cursor, start: number): AlterColumn {
  cursor.accept("COLUMN");
  const column = cursor.identifier(NOT_A_COLUMN_NAME);
  const change = parseColumnChange(cursor);
  return { kind: "AlterColumn", column, change, span: cursor.span(start) };
}

function acceptSetDataType(cursor: Cursor): boolean {
  if (!cursor.acceptSequence("SET", "DATA")) return false;
  cursor.expect("TYPE");
  return true;
}

function parseColumnChange(cursor: Cursor): ColumnChange {
  const tagValue = acceptTagValue(cursor);
  if (tagValue !== undefined) return tagValue;
  if (cursor.acceptSequence("DROP", "DEFAULT")) return { type: "DROP DEFAULT" };
  if (cursor.acceptSequence("DROP", "WRITE", "DEFAULT")) return { type: "DROP WRITE DEFAULT" };
  if (cursor.acceptSequence("SET", "WRITE", "DEFAULT"))
    return { type: "SET WRITE DEFAULT", value: cursor.expression() };
  if (cursor.acceptSequence("DROP", "NOT", "NULL")) return { type: "DROP NOT NULL" };
  if (cursor.acceptSequence("SET", "NOT", "NULL") || cursor.acceptSequence("NOT", "NULL"))
    return { type: "SET NOT NULL" };
  if (cursor.acceptSequence("SET", "DEFAULT")) return { type: "SET DEFAULT", value: cursor.expression() };
  if (cursor.acceptSequence("UNSET", "COMMENT")) return { type: "UNSET COMMENT" };
  if (cursor.accept("COMMENT")) {
    cursor.accept("=");
    return { type: "COMMENT", comment: cursor.string().value };
  }
  if (acceptSetDataType(cursor) || cursor.accept("TYPE") || isDataType(cursor)) {
    const dataType = parseDataType(cursor);
    if (cursor.accept("COLLATE")) return { type: "SET DATA TYPE", dataType, collate: cursor.string().value };
    if (cursor.accept("RENAME")) cursor.expect("FIELDS");
    return { type: "SET DATA TYPE", dataType };
  }
  if (cursor.acceptSequence("SET", "TAG")) {
    const tags = [parseTag(cursor)];
    while (cursor.is(",") && isTagBehindComma(cursor)) {
      cursor.next();
      tags.push(parseTag(cursor));
    }
    return { type: "SET TAG", tags };
  }
  if (cursor.acceptSequence("UNSET", "TAG")) {
    const names = [cursor.name()];
    while (cursor.is(",") && cursor.peek().keyword !== "COLUMN" && !isActionBehindComma(cursor)) {
      cursor.next();
      names.push(cursor.name());
    }
    return { type: "UNSET TAG", names };
  }
  if (cursor.acceptSequence("UNSET", "PRIVACY", "DOMAIN")) return { type: "UNSET PRIVACY DOMAIN" };
  if (cursor.acceptSequence("SET", "PRIVACY", "DOMAIN")) return parsePrivacyDomain(cursor);
  return parsePolicyChange(cursor);
}

/** https://docs.snowflake.com/en/user-guide/diff-privacy/differential-privacy-privacy-domains */
function parsePrivacyDomain(cursor: Cursor): ColumnChange {
  const { start } = cursor;
  const form = cursor.expectAnyOf("IN", "BETWEEN", "REFERENCES");
  if (form === "REFERENCES") cursor.name();
  cursor.parenthesizedList(() => cursor.expression());
  return { type: "SET PRIVACY DOMAIN", domain: cursor.textOf(cursor.span(start)) };
}

function parsePolicyChange(cursor: Cursor): ColumnChange {
  const { start } = cursor;
  const verb = cursor.expectAnyOf("SET", "UNSET");
  const policyType = acceptPolicyType(cursor);
  if (policyType === undefined) throw cursor.unexpected();
  if (verb === "UNSET") return { type: "UNSET POLICY", policyType };
  return { type: "SET POLICY", policy: parsePolicy(cursor, policyType, start) };
}
