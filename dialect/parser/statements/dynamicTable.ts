import type { CreateDynamicTable, Identifier, Property } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptGovernance } from "../governance";
import { acceptComment, acceptFlag, isProperty, parseProperty } from "../properties";
import { parseTimeTravel } from "../query/timeTravel";
import { parseColumn } from "./columns";
import { acceptClone, type CreateHead, parseCreateStart } from "./createHead";
import { parseBackupSet, parseClusterBy, parsePartitionBy } from "./createTable";

/** https://docs.snowflake.com/en/sql-reference/sql/create-dynamic-table */
export function parseCreateDynamicTable(cursor: Cursor, head: CreateHead): CreateDynamicTable {
  const table: CreateDynamicTable = {
    kind: "CreateDynamicTable",
    ...parseCreateStart(cursor, head),
    transient: head.modifiers.has("TRANSIENT"),
    iceberg: head.objectType === "DYNAMIC ICEBERG TABLE",
    columns: [],
    policies: [],
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  do {
    if (table.columns.length === 0 && cursor.is("("))
      table.columns = cursor.parenthesizedList(() => parseColumn(cursor));
  } while (acceptClause(cursor, table));
  if (!parseContent(cursor, table)) throw cursor.unexpected();
  table.span = cursor.span(head.start);
  return table;
}

/** What the options of a dynamic table may say, where it is a word. */
const WORDS: Record<string, readonly string[]> = {
  INITIALIZE: ["ON_CREATE", "ON_SCHEDULE"],
  REFRESH_MODE: ["AUTO", "FULL", "INCREMENTAL", "ADAPTIVE", "CUSTOM_INCREMENTAL"],
  TARGET_LAG: ["DOWNSTREAM"],
};

function parseOption(cursor: Cursor): Property {
  const { keyword } = cursor.token;
  const value = cursor.peek(2);
  const words = WORDS[keyword];
  const isWrong =
    (value.kind === "Word" && words?.includes(value.keyword) === false) ||
    (keyword === "TARGET_LAG" && value.kind === "Number");
  if (isWrong) throw cursor.unexpected([...(words ?? []), ...(keyword === "TARGET_LAG" ? ["a string"] : [])], value);
  return parseProperty(cursor);
}

function acceptClause(cursor: Cursor, table: CreateDynamicTable): boolean {
  if (cursor.atStatementEnd) return false;
  const flag = acceptFlag(cursor, "COPY GRANTS", "COPY TAGS", "REQUIRE USER") ?? acceptComment(cursor);
  if (flag !== undefined) table.properties.push(flag);
  else if (cursor.isSequence("CLUSTER", "BY")) table.clusterBy = parseClusterBy(cursor);
  else if (cursor.isSequence("PARTITION", "BY")) table.partitionBy = parsePartitionBy(cursor);
  else if (cursor.acceptSequence("FROZEN", "WHERE") || cursor.acceptSequence("IMMUTABLE", "WHERE"))
    table.frozenWhere = cursor.parenthesized(() => cursor.expression());
  else if (cursor.acceptSequence("BACKFILL", "FROM")) table.backfillFrom = cursor.name();
  else if (cursor.isSequence("START", "AT", "(")) {
    cursor.next();
    table.startAt = parseTimeTravel(cursor);
  } else if (cursor.acceptSequence("EXECUTE", "AS", "USER")) table.executeAsUser = parseExecuteAsUser(cursor);
  else if (acceptGovernance(cursor, table)) return true;
  else if (isProperty(cursor)) table.properties.push(parseOption(cursor));
  else if (table.clone === undefined && cursor.is("CLONE")) table.clone = acceptClone(cursor);
  else return false;
  return true;
}

function parseExecuteAsUser(cursor: Cursor): CreateDynamicTable["executeAsUser"] {
  const user = cursor.name();
  if (!cursor.acceptSequence("USE", "SECONDARY", "ROLES")) return { user };
  return { user, secondaryRoles: parseSecondaryRoles(cursor) };
}

/** `ALL | NONE | a, b` */
export function parseSecondaryRoles(cursor: Cursor): "ALL" | "NONE" | Identifier[] {
  if (cursor.accept("ALL")) return "ALL";
  if (cursor.accept("NONE")) return "NONE";
  return cursor.list(() => cursor.identifier());
}

/** Where the rows come from: a query, a DML statement, a clone or a backup. */
function parseContent(cursor: Cursor, table: CreateDynamicTable): boolean {
  if (table.clone !== undefined) return true;
  if (cursor.acceptSequence("REFRESH", "USING")) {
    cursor.inRefresh = true;
    table.refreshUsing = cursor.parenthesized(() => cursor.statement());
    cursor.inRefresh = false;
    return true;
  }
  if (cursor.acceptSequence("FROM", "BACKUP", "SET") || cursor.acceptSequence("FROM", "SNAPSHOT", "SET")) {
    const { backupSet, identifier } = parseBackupSet(cursor);
    table.backupSet = { name: backupSet, ...(identifier && { identifier }) };
    return true;
  }
  if (!cursor.accept("AS")) return false;
  table.query = cursor.query();
  return true;
}
