import type { AlterAction, ObjectType, Property, UnmodelledAction } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptFlag, isProperty, parseProperties } from "../properties";
import { acceptColumnAction } from "./alterColumns";
import { acceptPolicyAction } from "./alterPolicies";
import { acceptSetOrUnset } from "./alterProperties";
import { acceptTaskAction } from "./alterTask";
import { parseClusterBy } from "./createTable";
import { acceptSearchOptimization } from "./searchOptimization";
import { parseSequenceProperties } from "./sequence";
import { skipRest } from "./unmodelled";

/** Actions made of words, perhaps with properties behind them; of those that begin alike the longest first. */
const WORD_ACTIONS = [
  "SUSPEND RECLUSTER",
  "RESUME RECLUSTER",
  "RESUME IF SUSPENDED",
  "RESUME",
  "SUSPEND",
  "REFRESH COPY SESSION",
  "REFRESH",
  "RECLUSTER",
  "ABORT ALL QUERIES",
  "ENABLE MANAGED ACCESS",
  "DISABLE MANAGED ACCESS",
  "ENABLE REPLICATION",
  "DISABLE REPLICATION",
  "ENABLE FAILOVER",
  "DISABLE FAILOVER",
  "RESET PASSWORD",
  "EXECUTE AS OWNER",
  "EXECUTE AS CALLER",
  "EXECUTE AS RESTRICTED CALLER",
  "FETCH",
  "PRIMARY",
  "PUBLISH",
  "UNPUBLISH",
  "REVIEW",
  "COMMIT",
  "PUSH",
  "PULL",
  "FORCE",
  "STOP ALL",
  "ADD",
  "REMOVE",
];

/** First words of actions that Snowflake documents for one kind or another and that have no tree. */
const UNMODELLED_VERBS: ReadonlySet<string> = new Set([
  "ABORT",
  "ADD",
  "ALTER",
  "APPROVE",
  "CONVERT",
  "COMMIT",
  "DECLINE",
  "DELEGATE",
  "DEREGISTER",
  "DISABLE",
  "DROP",
  "ENABLE",
  "EXECUTE",
  "FETCH",
  "FROM",
  "MODIFY",
  "MOVE",
  "PRIMARY",
  "PUBLISH",
  "PULL",
  "PUSH",
  "REFRESH",
  "REGISTER",
  "REMOVE",
  "RENAME",
  "REPLACE",
  "RESET",
  "RESTART",
  "RESTORE",
  "RESUME",
  "ROTATE",
  "SET",
  "START",
  "STOP",
  "SUSPEND",
  "UNSET",
  "UPGRADE",
  "RECLUSTER",
  "ACTIVATE",
  "DEACTIVATE",
  "REVOKE",
  "VERIFY",
  "VERSION",
]);

/** One action of ALTER; several nodes where it lists several columns. */
export function parseAlterAction(cursor: Cursor, objectType: ObjectType): AlterAction[] {
  const mark = cursor.mark();
  const actions =
    acceptRename(cursor) ??
    acceptTaskAction(cursor, objectType) ??
    acceptPolicyAction(cursor, objectType) ??
    acceptSearchOptimization(cursor) ??
    acceptSetOrUnset(cursor, objectType) ??
    acceptColumnAction(cursor, objectType) ??
    acceptClustering(cursor) ??
    acceptWordAction(cursor, objectType);
  if (actions !== undefined) return Array.isArray(actions) ? actions : [actions];
  cursor.reset(mark);
  return [parseUnmodelledAction(cursor)];
}

function acceptRename(cursor: Cursor): AlterAction | undefined {
  const { start } = cursor;
  if (cursor.acceptSequence("RENAME", "TO")) return { kind: "RenameTo", name: cursor.name(), span: cursor.span(start) };
  if (cursor.acceptSequence("SWAP", "WITH")) return { kind: "SwapWith", name: cursor.name(), span: cursor.span(start) };
  return undefined;
}

function acceptClustering(cursor: Cursor): AlterAction | undefined {
  const { start } = cursor;
  if (cursor.isSequence("CLUSTER", "BY")) {
    const expressions = parseClusterBy(cursor) ?? [];
    return { kind: "ClusterBy", expressions, span: cursor.span(start) };
  }
  if (cursor.acceptSequence("DROP", "CLUSTERING", "KEY"))
    return { kind: "DropClusteringKey", span: cursor.span(start) };
  return undefined;
}

function acceptWordAction(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  const { start } = cursor;
  if (objectType === "SEQUENCE" && (cursor.is("INCREMENT") || cursor.is("START")))
    return { kind: "SetProperties", properties: parseSequenceProperties(cursor), span: cursor.span(start) };
  const found = acceptFlag(cursor, ...WORD_ACTIONS);
  if (found === undefined) return undefined;
  const properties: Property[] = parseProperties(cursor);
  const isWhole = properties.length > 0 || (found.name !== "ADD" && found.name !== "REMOVE");
  if (!isWhole || !isEndOfAction(cursor)) return undefined;
  return { kind: "Action", action: found.name, properties, span: cursor.span(start) };
}

function isEndOfAction(cursor: Cursor): boolean {
  return cursor.atStatementEnd || cursor.is(",") || cursor.is("->>") || isProperty(cursor);
}

/** An action without a tree: the words it begins with, and all of its text. */
function parseUnmodelledAction(cursor: Cursor): UnmodelledAction {
  const { start } = cursor;
  if (!UNMODELLED_VERBS.has(cursor.token.keyword)) throw cursor.unexpected(["an action"]);
  const words: string[] = [];
  for (let i = 0; i < 4 && cursor.peek(i).kind === "Word"; i++) words.push(cursor.peek(i).keyword);
  cursor.next();
  if (cursor.atStatementEnd) throw cursor.unexpected();
  skipRest(cursor);
  const span = cursor.span(start);
  return { kind: "UnmodelledAction", words: words.join(" "), text: cursor.textOf(span), span };
}
