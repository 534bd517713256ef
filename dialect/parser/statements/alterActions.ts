import type { AlterAction, ObjectType, Property, UnmodelledAction } from "../../ast/index";
import type { Token } from "../../lexer/token";
import type { Cursor } from "../cursor";
import { acceptFlag, isProperty, parseProperties } from "../properties";
import { checkProperties } from "../propertyRules/check";
import { acceptPhrase } from "./actionPhrases";
import { acceptAccessTokenAction } from "./alterAccessToken";
import { acceptColumnAction } from "./alterColumns";
import { acceptPolicyAction } from "./alterPolicies";
import { acceptSetOrUnset } from "./alterProperties";
import { acceptTaskAction } from "./alterTask";
import { parseClusterBy } from "./createTable";
import { TABLE_TYPES } from "./objectTypes";
import { acceptSearchOptimization } from "./searchOptimization";
import { parseSequenceProperties } from "./sequence";
import { skipRest } from "./unmodelled";
import { acceptUnmodelledVerb, wordsOf } from "./unmodelledActions";

/** Actions made of words, perhaps with properties behind them; of those that begin alike the longest first. */
const WORD_ACTIONS = [
  "SUSPEND RECLUSTER",
  "RESUME RECLUSTER",
  "SUSPEND DISCOVERY",
  "RESUME DISCOVERY",
  "SUSPEND IMMEDIATE",
  "RESUME IF SUSPENDED",
  "RESUME",
  "SUSPEND",
  "REFRESH COPY SESSION",
  "REFRESH FORCE",
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

/** One action of ALTER; several nodes where it lists several columns. */
export function parseAlterAction(cursor: Cursor, objectType: ObjectType): AlterAction[] {
  const mark = cursor.mark();
  const { start } = cursor;
  // A list of accounts is no value of a property.
  if (objectType === "ORGANIZATION USER GROUP" && cursor.isSequence("SET", "VISIBILITY"))
    return [parseUnmodelledAction(cursor, objectType, cursor.token)];
  const actions =
    acceptRename(cursor, objectType) ??
    acceptTaskAction(cursor, objectType) ??
    acceptAccessTokenAction(cursor, objectType) ??
    acceptPolicyAction(cursor, objectType) ??
    acceptSearchOptimization(cursor, objectType) ??
    acceptSetOrUnset(cursor, objectType) ??
    // What stands behind a SET is not read as an action of its own.
    (cursor.start === start
      ? (acceptColumnAction(cursor, objectType) ??
        acceptClustering(cursor, objectType) ??
        acceptWordAction(cursor, objectType))
      : undefined);
  if (actions !== undefined) return Array.isArray(actions) ? actions : [actions];
  const reached = cursor.token;
  cursor.reset(mark);
  return [parseUnmodelledAction(cursor, objectType, reached)];
}

/** Of these no page documents a new name. */
const NEVER_RENAMED: ReadonlySet<ObjectType> = new Set([
  "ALERT",
  "PIPE",
  "RESOURCE MONITOR",
  "SHARE",
  "STREAM",
  "TASK",
]);
const SWAPPED: ReadonlySet<ObjectType> = new Set(["DATABASE", "SCHEMA"]);

function acceptRename(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  const { start } = cursor;
  if (!NEVER_RENAMED.has(objectType) && cursor.acceptSequence("RENAME", "TO")) {
    const name = cursor.name();
    const saveOldUrl = objectType.endsWith("ACCOUNT") ? acceptSaveOldUrl(cursor) : undefined;
    return { kind: "RenameTo", name, ...(saveOldUrl !== undefined && { saveOldUrl }), span: cursor.span(start) };
  }
  if ((SWAPPED.has(objectType) || TABLE_TYPES.has(objectType)) && cursor.acceptSequence("SWAP", "WITH"))
    return { kind: "SwapWith", name: cursor.name(), span: cursor.span(start) };
  return undefined;
}

function acceptSaveOldUrl(cursor: Cursor): boolean | undefined {
  if (!cursor.acceptSequence("SAVE_OLD_URL", "=")) return undefined;
  return cursor.expectAnyOf("TRUE", "FALSE") === "TRUE";
}

function acceptClustering(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  if (!TABLE_TYPES.has(objectType)) return undefined;
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
  const found = acceptFlag(cursor, ...wordsOf(objectType, WORD_ACTIONS));
  if (found === undefined) return undefined;
  const properties: Property[] = parseProperties(cursor);
  if (objectType === "SHARE") checkProperties(cursor, objectType, properties, "ALTER");
  else checkProperties(cursor, `${objectType} ${found.name}`, properties, "ALTER");
  const isWhole = properties.length > 0 || (found.name !== "ADD" && found.name !== "REMOVE");
  if (!isWhole || !isEndOfAction(cursor)) return undefined;
  return { kind: "Action", action: found.name, properties, span: cursor.span(start) };
}

function isEndOfAction(cursor: Cursor): boolean {
  return cursor.atStatementEnd || cursor.is(",") || cursor.is("->>") || isProperty(cursor);
}

/** An action without a tree: the words it begins with, and all of its text; one with a tree may have been read up to `reached`. */
function parseUnmodelledAction(cursor: Cursor, objectType: ObjectType, reached: Token): UnmodelledAction {
  const { start } = cursor;
  const words: string[] = [];
  for (let i = 0; i < 4 && cursor.peek(i).kind === "Word"; i++) words.push(cursor.peek(i).keyword);
  if (!acceptPhrase(cursor, objectType, reached)) skipUnmodelled(cursor, words, reached);
  const span = cursor.span(start);
  return { kind: "UnmodelledAction", words: words.join(" "), text: cursor.textOf(span), span };
}

/** Steps over an action of a kind of object whose page is not known word by word. */
function skipUnmodelled(cursor: Cursor, words: readonly string[], reached: Token): void {
  if (!acceptUnmodelledVerb(cursor))
    throw reached === cursor.token ? cursor.unexpected(["an action"]) : cursor.unexpected([], reached);
  if (words.length === 1 && cursor.atStatementEnd && !WHOLE_ACTIONS.has(words[0] as string)) throw cursor.unexpected();
  skipRest(cursor);
}

const WHOLE_ACTIONS: ReadonlySet<string> = new Set(["COMMIT", "PUSH", "PULL", "ABORT"]);
