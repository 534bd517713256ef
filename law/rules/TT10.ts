import { type Argument, type Call, constantText, type Expression } from "../../dialect/index";
import type { Act } from "../acts/act";
import { type AnyNode, allNodes } from "../acts/children";
import { DYNAMIC } from "../acts/names";
import { handedOver, mayBeText } from "../acts/valueParts";
import type { Breach, Rule } from "../rule";
import type { LawSettings } from "../settings";
import { isLanding, objectTarget } from "../target";
import { writtenTables } from "../writtenTables";

/** Which procedures may write which reserved actions; a prefix ends with a dot. */
const OWNERS: readonly { prefix: string; procedures: readonly string[] }[] = [
  {
    prefix: "system.permission.",
    procedures: ["GRANT_USER_PERMISSION", "DENY_USER_PERMISSION", "REVOKE_USER_PERMISSION"],
  },
  { prefix: "system.group.", procedures: ["ADD_GROUP_MEMBER", "REMOVE_GROUP_MEMBER"] },
  { prefix: "system.user.", procedures: ["CREATE_MCP_USER", "ENABLE_MCP_USER", "DISABLE_MCP_USER"] },
  { prefix: "system.config.", procedures: ["SET_CONFIG"] },
  { prefix: "system.backfill.", procedures: ["EXPORT_EVENTS", "BACKFILL_EVENTS"] },
  { prefix: "mcp.query.", procedures: ["VALIDATE_QUERY_PLAN", "EXECUTE_QUERY_PLAN", "RECORD_TOOL_CALLS"] },
  { prefix: "mcp.tool.", procedures: ["RECORD_TOOL_CALLS"] },
  { prefix: "quality.", procedures: ["SAFE_INSERT_EVENT", "INGEST_EVENTS", "RECORD_ALERT"] },
];

/** What only reserved actions begin with. */
const RESERVED = /^(system|mcp|quality)\.[a-z0-9_.]+$/;

/** What only they begin with when the rest is put behind it. */
const RESERVED_BEGINNING = /^(system|mcp|quality)\.[a-z0-9_.]*$/;

/** `{"action": "system.…"}` in a text that is JSON only by Snowflake's generous reading, which takes other quotes and none. */
const IN_JSON = /(["']?)action\1\s*:\s*(["'])((?:system|mcp|quality)\.[a-z0-9_.]+)\2/;

/** Procedures through which events come in. */
const INSERTING = ["SAFE_INSERT_EVENT", "INGEST_EVENTS"];

/** Reserved namespaces are written only by the procedures that own them. */
export const TT10: Rule = {
  code: "TT10",
  title: "Reserved actions are written only by the procedures that own them.",
  severity: "error",
  why:
    "Permissions, users and configuration are events. Whoever can write a `system.permission.granted` event can grant " +
    "themselves anything, so each reserved namespace has its own procedures and no other way in.",
  examples: {
    fail: [
      "CALL CLAUDE_BI.MCP.SAFE_INSERT_EVENT(OBJECT_CONSTRUCT('action', 'system.permission.granted', 'actor_id', 'me'));",
      `CALL CLAUDE_BI.MCP.INGEST_EVENTS(PARSE_JSON('[{"action": "system.user.created"}]'), 'DIRECT');`,
      "CREATE PROCEDURE CLAUDE_BI.MCP.HELPER() RETURNS INT LANGUAGE SQL AS $$ BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT OBJECT_CONSTRUCT('action', 'system.user.created'); RETURN 1; END $$;",
    ],
    pass: [
      "CALL CLAUDE_BI.MCP.SAFE_INSERT_EVENT(OBJECT_CONSTRUCT('action', 'order.placed', 'actor_id', 'me'));",
      "SELECT * FROM CLAUDE_BI.ACTIVITY.EVENTS WHERE ACTION = 'system.permission.granted';",
      "CREATE PROCEDURE CLAUDE_BI.MCP.SET_CONFIG(K VARCHAR, V VARIANT) RETURNS INT LANGUAGE SQL AS $$ BEGIN INSERT INTO CLAUDE_BI.LANDING.RAW_EVENTS (PAYLOAD) SELECT OBJECT_CONSTRUCT('action', 'system.config.set'); RETURN 1; END $$;",
    ],
  },
  check(act, settings) {
    const { statement } = act;
    const writes =
      writtenTables(statement).some((table) => isLanding(objectTarget(table, act), settings)) ||
      (statement.kind === "Call" && INSERTING.includes(calledName(statement, act)));
    return writes ? reservedActions(act, statement, settings) : [];
  },
};

function reservedActions(act: Act, statement: AnyNode, settings: LawSettings): Breach[] {
  const breaches: Breach[] = [];
  // From the outside inwards: of a text that is put together the whole is told, and its parts are not.
  const told: { start: number; end: number }[] = [];
  const tell = (node: AnyNode, known: readonly Breach[]): void => {
    if (told.some(({ start, end }) => start <= node.span.start && node.span.end <= end)) return;
    const action = written(node, act);
    if (action !== undefined) told.push(node.span);
    if (action === undefined || mayWrite(act, action, settings)) return;
    const message = `Writes the reserved action '${action}'${act.routine ? ` in ${act.routine.name}` : ""}.`;
    if (known.some((breach) => breach.message === message)) return;
    const fix = `Call ${ownersOf(action) ?? "a procedure of your own under an action that is not reserved"}.`;
    breaches.push({ message, fix, span: node.span });
  };
  const nodes = allNodes(statement);
  const others = otherFields(nodes, act);
  for (const node of nodes) if (mayBeText(node) && !others.has(node)) tell(node, []);
  // What stands in the statement itself is told there.
  for (const node of handedOver(act, statement)) tell(node, breaches);
  return breaches;
}

/** Texts that are the value of another field than `action`: `{'action': 'order.placed', 'note': 'quality.checked'}`. */
function otherFields(nodes: readonly AnyNode[], { constantOf }: Act): ReadonlySet<AnyNode> {
  const others = new Set<AnyNode>();
  const field = (key: Argument | undefined, value: Argument | undefined): void => {
    const name = key && constantText(key, constantOf);
    if (name === undefined || name === "action" || !value || !isPlainText(value as AnyNode)) return;
    for (const node of allNodes(value as AnyNode)) others.add(node);
  };
  for (const node of nodes) {
    if (node.kind === "ObjectLiteral")
      for (const entry of node.entries) if (entry.kind === "ObjectEntry") field(entry.key, entry.value);
    if (node.kind === "FunctionCall" && /^OBJECT_CONSTRUCT(_KEEP_NULL)?$/.test(node.name.parts.at(-1)?.value ?? ""))
      for (let at = 0; at < node.args.length; at += 2) field(node.args[at], node.args[at + 1]);
  }
  return others;
}

const isPlainText = ({ kind }: AnyNode): boolean => kind === "StringLiteral" || kind === "Binary";

/** A text that is known and says a reserved action, JSON that holds one, or the beginning of one that goes on at run time. */
function written(node: AnyNode, act: Act): string | undefined {
  const text = constantText(node as Expression, act.constantOf);
  if (text !== undefined) return RESERVED.test(text) ? text : actionInJson(text);
  const beginning = beginningOf(node, act);
  return beginning !== undefined && RESERVED_BEGINNING.test(beginning) ? beginning : undefined;
}

/** What a text that is put together begins with, as far as it is known: of `||`, of CONCAT and of CONCAT_WS. */
function beginningOf(node: AnyNode, { constantOf }: Act): string | undefined {
  if (node.kind === "Binary") return node.operator === "||" ? constantText(node.left, constantOf) : undefined;
  if (node.kind !== "FunctionCall") return undefined;
  const name = node.name.parts.at(-1)?.value;
  if (name !== "CONCAT" && name !== "CONCAT_WS") return undefined;
  const parts = node.args.map((argument) => constantText(argument as Expression, constantOf));
  const separator = name === "CONCAT" ? "" : parts.shift();
  const unknown = parts.indexOf(undefined);
  return unknown > 0 ? `${parts.slice(0, unknown).join(separator)}${separator}` : undefined;
}

function actionInJson(text: string): string | undefined {
  if (!text.includes("action") && !(text.includes("\\u") && unescaped(text).includes("action"))) return undefined;
  try {
    return actionOf(JSON.parse(text));
  } catch {
    return IN_JSON.exec(text)?.[3];
  }
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\u00([0-7]\d|[0-7][a-f])/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

function actionOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const action = key === "action" && typeof inner === "string" && RESERVED.test(inner) ? inner : actionOf(inner);
    if (action !== undefined) return action;
  }
  return undefined;
}

/** A procedure is known by its name in the schema of the procedures; elsewhere anybody may call one so. */
const mayWrite = ({ routine }: Act, action: string, { database, procedureSchema }: LawSettings): boolean =>
  routine !== undefined &&
  (routine.database ?? database) === database &&
  (routine.schema ?? procedureSchema) === procedureSchema &&
  OWNERS.some(({ prefix, procedures }) => action.startsWith(prefix) && procedures.includes(routine.name));

const ownersOf = (action: string): string | undefined =>
  OWNERS.find(({ prefix }) => action.startsWith(prefix))?.procedures.join(" or ");

function calledName({ procedure }: Call, act: Act): string {
  const target = objectTarget(procedure, act);
  return target === DYNAMIC ? "" : target.name;
}
