import type { Flow, Statement } from "../ast/index";
import type { Cursor } from "./cursor";
import { parseAlter } from "./statements/alter";
import { parseAttach } from "./statements/attach";
import { parseBlock } from "./statements/block";
import { isBlockStart } from "./statements/blockStart";
import { parseCall } from "./statements/call";
import { parseCopy } from "./statements/copy";
import { parseCreate } from "./statements/create";
import { parseDescribe } from "./statements/describe";
import { parseComment, parseDrop, parseUndrop } from "./statements/drop";
import { parseExecute } from "./statements/execute";
import { parseExplain } from "./statements/explain";
import { parseGrant, parseRevoke } from "./statements/grant";
import { parseInsert } from "./statements/insert";
import { judgeIntos } from "./statements/intoPlace";
import { parseMerge } from "./statements/merge";
import { isCallWithProcedure, parseCallWithProcedure } from "./statements/procedure";
import { parseShow } from "./statements/show";
import { parseGet, parseList, parsePut, parseRemove } from "./statements/stageFiles";
import { parseBeginTransaction, parseCommit, parseRollback } from "./statements/transaction";
import { parseTruncate } from "./statements/truncate";
import { parseDelete, parseUpdate } from "./statements/update";
import { parseUse } from "./statements/use";
import { parseSet, parseUnset } from "./statements/variables";

/** Reads one statement; the cursor stands at its first word. */
export type StatementParser = (cursor: Cursor) => Statement;

const parseQueryStatement: StatementParser = (cursor) => cursor.query();

/** The family that reads a statement, by its first word or symbol. */
const FAMILIES = new Map<string, StatementParser>([
  ["SELECT", parseQueryStatement],
  ["(", parseQueryStatement],
  ["VALUES", parseQueryStatement],
  ["WITH", (cursor) => (isCallWithProcedure(cursor) ? parseCallWithProcedure(cursor) : cursor.query())],
  ["ALTER", parseAlter],
  ["ATTACH", parseAttach],
  ["BEGIN", (cursor) => (isBlockStart(cursor) ? parseBlock(cursor) : parseBeginTransaction(cursor))],
  ["CALL", parseCall],
  ["COMMENT", parseComment],
  ["COMMIT", parseCommit],
  ["COPY", parseCopy],
  ["CREATE", parseCreate],
  ["DECLARE", parseBlock],
  ["DEFINE", parseCreate],
  ["DELETE", parseDelete],
  ["DESC", parseDescribe],
  ["DESCRIBE", parseDescribe],
  ["DROP", parseDrop],
  ["EXECUTE", parseExecute],
  ["EXPLAIN", parseExplain],
  ["GET", parseGet],
  ["GRANT", parseGrant],
  ["INSERT", parseInsert],
  ["LIST", parseList],
  ["LS", parseList],
  ["MERGE", parseMerge],
  ["PUT", parsePut],
  ["REMOVE", parseRemove],
  ["REVOKE", parseRevoke],
  ["RM", parseRemove],
  ["ROLLBACK", parseRollback],
  ["SET", parseSet],
  ["SHOW", parseShow],
  ["START", parseBeginTransaction],
  ["TRUNCATE", parseTruncate],
  ["UNDROP", parseUndrop],
  ["UNSET", parseUnset],
  ["UPDATE", parseUpdate],
  ["USE", parseUse],
]);

/** One statement, or several joined by `->>`. https://docs.snowflake.com/en/sql-reference/operators-flow */
export function parseStatement(cursor: Cursor): Statement {
  const { start } = cursor;
  const first = parseSingleStatement(cursor);
  if (!cursor.is("->>")) return first;
  const statements = [first];
  while (cursor.accept("->>")) statements.push(parseSingleStatement(cursor));
  return { kind: "Flow", statements, span: cursor.span(start) } satisfies Flow;
}

function parseSingleStatement(cursor: Cursor): Statement {
  const family = FAMILIES.get(cursor.token.keyword);
  if (family === undefined) throw cursor.unexpected(["a statement"]);
  const intos = cursor.intos.length;
  cursor.enter();
  const statement = family(cursor);
  cursor.leave();
  if (cursor.intos.length > intos) judgeIntos(cursor, intos, statement);
  return statement;
}
