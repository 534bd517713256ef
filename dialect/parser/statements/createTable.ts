import type {
  CreateTable,
  Expression,
  Name,
  Persistence,
  Query,
  StringLiteral,
  TableSource,
  TableType,
} from "../../ast/index";
import type { Token } from "../../lexer/token";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { beginsQuery } from "../lookahead";
import { acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { parseColumn } from "./columns";
import { isOutOfLineConstraint, parseIndex, parseOutOfLineConstraint } from "./constraints";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";

const FLAGS = [
  "COPY GRANTS",
  "COPY TAGS",
  "REQUIRE USER",
  "ON COMMIT PRESERVE ROWS",
  "ON COMMIT DELETE ROWS",
  "ON COMMIT DROP",
];

/**
 * Every CREATE … TABLE but the dynamic one; its clauses may come in any order, AS comes last.
 * https://docs.snowflake.com/en/sql-reference/sql/create-table and its pages for hybrid, external, Iceberg, event,
 * interactive and online feature tables.
 */
export function parseCreateTable(cursor: Cursor, head: CreateHead): CreateTable {
  const table: CreateTable = {
    kind: "CreateTable",
    tableType: head.objectType as TableType,
    ...parseCreateStart(cursor, head),
    columns: [],
    constraints: [],
    policies: [],
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  const persistence = persistenceOf(head.modifiers);
  if (persistence !== undefined) table.persistence = persistence;
  let untyped: Token | undefined;
  let hasElements = false;
  do {
    // The list may stand behind other clauses: `CREATE TABLE t COPY GRANTS (a INT)`.
    if (!hasElements && cursor.is("(") && takesElements(table)) {
      hasElements = true;
      untyped = parseTableElements(cursor, table);
    }
  } while (acceptTableClause(cursor, table, hasElements));
  table.span = cursor.span(head.start);
  const isPlain = table.tableType === "TABLE" || table.tableType === "HYBRID TABLE";
  if (isPlain && !hasElements && table.source === undefined) throw cursor.unexpected(["(", "AS", "LIKE", "CLONE"]);
  refuseSecondKeys(cursor, table);
  if (untyped !== undefined && table.source === undefined) throw cursor.unexpected(["a data type"], untyped);
  return table;
}

/** One primary key, in a column or beside them, and no two UNIQUE of the same columns. */
function refuseSecondKeys(cursor: Cursor, { name, columns, constraints }: CreateTable): void {
  const keys = [
    ...columns.flatMap((column) => column.constraints.map((key) => ({ ...key, columns: [column.name] }))),
    ...constraints,
  ];
  const seen = new Set<string>();
  for (const { type, columns: parts, span } of keys) {
    if (type !== "PRIMARY KEY" && type !== "UNIQUE") continue;
    const signature = type === "PRIMARY KEY" ? type : `${type} ${parts.map(({ value }) => value).join()}`;
    if (seen.has(signature)) {
      const table = name.kind === "ObjectName" ? name.parts.at(-1)?.value : cursor.textOf(name.span);
      const message =
        type === "PRIMARY KEY"
          ? `primary key already exists for table '${table}'`
          : `constraint with the same signature already exists on table '${table}'`;
      throw cursor.brokenRule({ message, code: "002231", sqlState: "42710" }, span);
    }
    seen.add(signature);
  }
}

export function persistenceOf(modifiers: ReadonlySet<string>): Persistence | undefined {
  if (modifiers.has("TRANSIENT")) return "TRANSIENT";
  return modifiers.has("TEMPORARY") ? "TEMPORARY" : undefined;
}

/** Columns and constraints, also with a comma behind the last; answers with the token where the type of a column was missing. */
function parseTableElements(cursor: Cursor, table: CreateTable): Token | undefined {
  let untyped: Token | undefined;
  const parseElement = () => {
    if (isOutOfLineConstraint(cursor)) table.constraints.push(parseOutOfLineConstraint(cursor));
    else if (table.tableType === "HYBRID TABLE" && isIndex(cursor)) table.constraints.push(parseIndex(cursor));
    else {
      const behindName = cursor.peek();
      const column = parseColumn(cursor, { bareComputed: true });
      if (column.type === undefined && column.computed === undefined) untyped ??= behindName;
      table.columns.push(column);
    }
  };
  cursor.parenthesized(() => {
    do parseElement();
    while (cursor.accept(",") && !cursor.is(")"));
  });
  return untyped;
}

function isIndex(cursor: Cursor): boolean {
  return cursor.is("INDEX") && cursor.peek().kind !== "Symbol" && cursor.peek(2).keyword === "(";
}

/** An event table has the columns that Snowflake gives it; LIKE, CLONE and their kin bring the columns with them. */
function takesElements({ tableType, source }: CreateTable): boolean {
  return tableType !== "EVENT TABLE" && (source === undefined || source.type === "FROM");
}

function acceptTableClause(cursor: Cursor, table: CreateTable, hasElements: boolean): boolean {
  if (cursor.atStatementEnd) return false;
  const flag = acceptFlag(cursor, ...FLAGS) ?? acceptComment(cursor);
  if (flag !== undefined) table.properties.push(flag);
  else if (cursor.isSequence("CLUSTER", "BY")) table.clusterBy = parseClusterBy(cursor);
  else if (table.partitionBy === undefined && cursor.isSequence("PARTITION", "BY"))
    table.partitionBy = parsePartitionBy(cursor);
  else if (cursor.isSequence("PRIMARY", "KEY")) table.constraints.push(parseOutOfLineConstraint(cursor));
  else if (cursor.is("WITH") && cursor.peek(2).keyword === "=") cursor.next();
  else if (acceptGovernance(cursor, table)) return true;
  else if (isProperty(cursor)) {
    table.properties.push(parseProperty(cursor));
    if (cursor.is(",") && cursor.peek(2).keyword === "=") cursor.next();
  } else {
    if (table.source !== undefined) return false;
    const { token } = cursor;
    const source = acceptSource(cursor, table);
    if (source === undefined) return false;
    if (hasElements && source.type !== "AS" && source.type !== "FROM") throw cursor.unexpected([], token);
    if (source.type === "AS" && table.tableType === "EVENT TABLE") throw cursor.unexpected([], token);
    table.source = source;
  }
  return true;
}

/** `CLUSTER BY [LINEAR] (a, b)` */
export function parseClusterBy(cursor: Cursor): CreateTable["clusterBy"] {
  cursor.expectSequence("CLUSTER", "BY");
  cursor.accept("LINEAR");
  return cursor.parenthesizedList(() => cursor.expression());
}

export function parsePartitionBy(cursor: Cursor): CreateTable["partitionBy"] {
  cursor.expectSequence("PARTITION", "BY");
  return cursor.parenthesizedList(() => cursor.expression());
}

function acceptSource(cursor: Cursor, table: CreateTable): TableSource | undefined {
  if (cursor.accept("AS")) return { type: "AS", query: cursor.query() };
  if (cursor.accept("LIKE")) return { type: "LIKE", table: cursor.name() };
  const clone = acceptClone(cursor);
  if (clone !== undefined) return { type: "CLONE", clone };
  if (cursor.acceptSequence("USING", "TEMPLATE")) return { type: "USING TEMPLATE", template: parseTemplate(cursor) };
  if (cursor.acceptSequence("FROM", "ARCHIVE", "OF")) return parseArchive(cursor);
  if (cursor.acceptSequence("FROM", "BACKUP", "SET") || cursor.acceptSequence("FROM", "SNAPSHOT", "SET"))
    return { type: "FROM BACKUP SET", ...parseBackupSet(cursor) };
  if (table.tableType === "ONLINE FEATURE TABLE" && cursor.accept("FROM")) {
    return { type: "FROM", from: beginsQuery(cursor) ? cursor.query() : cursor.name() };
  }
  return undefined;
}

function parseTemplate(cursor: Cursor): Query | Expression {
  return beginsQuery(cursor) ? cursor.query() : cursor.expression();
}

/** `name IDENTIFIER 'id'` behind FROM BACKUP SET. */
export function parseBackupSet(cursor: Cursor): { backupSet: Name; identifier?: StringLiteral } {
  const backupSet = cursor.name();
  return cursor.accept("IDENTIFIER") ? { backupSet, identifier: cursor.string() } : { backupSet };
}

function parseArchive(cursor: Cursor): TableSource {
  const table = cursor.name();
  const hasAlias = cursor.accept("AS") || (cursor.isIdentifier() && !cursor.is("WHERE"));
  const alias = hasAlias ? cursor.identifier() : undefined;
  cursor.expect("WHERE");
  const where = cursor.expression();
  return { type: "FROM ARCHIVE OF", table, where, ...(alias && { alias }) };
}
