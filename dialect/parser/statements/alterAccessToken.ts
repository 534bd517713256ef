import type { AccessTokenAction, AlterAction, ObjectType } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseProperties } from "../properties";
import { checkProperties } from "../propertyRules/check";
import { acceptSetOrUnset } from "./alterProperties";
import { acceptIfExists, acceptIfNotExists } from "./createHead";

const VERBS = ["ADD", "MODIFY", "ROTATE", "REMOVE"] as const;
const TOKEN = "PROGRAMMATIC ACCESS TOKEN";
const TOKENS = [TOKEN.split(" "), ["PAT"]];

/** True at `ADD PAT`, also where a user's own is meant and the user is not named. */
export const isAccessTokenAction = (cursor: Cursor): boolean =>
  VERBS.some((verb) => TOKENS.some((words) => cursor.isSequence(verb, ...words)));

/** https://docs.snowflake.com/en/sql-reference/sql/alter-user-add-programmatic-access-token and its neighbours */
export function acceptAccessTokenAction(cursor: Cursor, objectType: ObjectType): AlterAction | undefined {
  const { start } = cursor;
  const verb = VERBS.find((verb) => TOKENS.some((words) => cursor.acceptSequence(verb, ...words)));
  if (objectType !== "USER" || verb === undefined) return undefined;
  const conditional = verb === "ADD" ? acceptIfNotExists(cursor) : acceptIfExists(cursor);
  const action: AccessTokenAction = {
    kind: "AccessTokenAction",
    verb,
    conditional,
    token: cursor.identifier(),
    properties: [],
    span: cursor.span(start),
  };
  if (verb === "MODIFY") action.change = parseChange(cursor);
  else if (verb !== "REMOVE") {
    action.properties = parseProperties(cursor);
    checkProperties(cursor, `${TOKEN} ${verb}`, action.properties, "ALTER");
  }
  action.span = cursor.span(start);
  return action;
}

function parseChange(cursor: Cursor): NonNullable<AccessTokenAction["change"]> {
  const { start } = cursor;
  if (cursor.acceptSequence("RENAME", "TO")) return { kind: "RenameTo", name: cursor.name(), span: cursor.span(start) };
  const [change] = acceptSetOrUnset(cursor, TOKEN) ?? [];
  if (change?.kind !== "SetProperties" && change?.kind !== "UnsetProperties")
    throw cursor.unexpected(["RENAME TO", "SET", "UNSET"]);
  if (change.kind === "SetProperties") checkProperties(cursor, TOKEN, change.properties, "ALTER");
  return change;
}
