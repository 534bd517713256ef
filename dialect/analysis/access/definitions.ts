import type { Name, Node, NodeOf, ObjectType } from "../../ast/index";
import type { AccessRule } from "./accessRule";
import { partsOf, type Scope } from "./scope";

/** The scope of a body: what runs there runs when its owner does, and knows nothing of the tables around it. */
export function inside(scope: Scope, objectType: ObjectType, name: Name): Scope {
  const parts = partsOf(name, scope.constantOf);
  return { ...scope, tables: new Set(), within: [...scope.within, { objectType, ...(parts && { name: parts }) }] };
}

/** CREATE of an object without a body: what it says is used at once. */
function created<N extends Node & { name: Name }>(typeOf: (node: N) => ObjectType): AccessRule<N> {
  return (node, scope, found) => found.use("CREATE", typeOf(node), node.name, node.name.span, scope);
}

/** CREATE of an object whose definition runs later. */
function createdWithBody<N extends Node & { name: Name }>(
  typeOf: (node: N) => ObjectType,
  bodiesOf: (node: N) => (Node | undefined)[],
): AccessRule<N> {
  return (node, scope, found, walk) => {
    const type = typeOf(node);
    found.use("CREATE", type, node.name, node.name.span, scope);
    const body = inside(scope, type, node.name);
    for (const part of bodiesOf(node)) if (part !== undefined) walk(part, body);
    if ("clone" in node && node.clone !== undefined) walk(node.clone as Node, scope);
    return true;
  };
}

const createDynamicTable: AccessRule<NodeOf<"CreateDynamicTable">> = (node, scope, found, walk) => {
  const type = node.iceberg ? "DYNAMIC ICEBERG TABLE" : "DYNAMIC TABLE";
  found.use("CREATE", type, node.name, node.name.span, scope);
  if (node.clone !== undefined) walk(node.clone, scope);
  if (node.backfillFrom !== undefined) found.use("READ", "TABLE", node.backfillFrom, node.backfillFrom.span, scope);
  const body = inside(scope, type, node.name);
  if (node.query !== undefined) walk(node.query, body);
  const self = partsOf(node.name, scope.constantOf);
  if (node.refreshUsing !== undefined) walk(node.refreshUsing, { ...body, ...(self && { self }) });
  return true;
};

const createTable: AccessRule<NodeOf<"CreateTable">> = (node, scope, found) => {
  found.use("CREATE", node.tableType, node.name, node.name.span, scope);
  const { source } = node;
  const read =
    source?.type === "LIKE" || source?.type === "FROM ARCHIVE OF"
      ? source.table
      : source?.type === "FROM" && source.from.kind !== "Query"
        ? source.from
        : undefined;
  if (read !== undefined) found.use("READ", "TABLE", read, read.span, scope);
  // An external table is the files of its LOCATION.
  for (const { value } of node.properties) if (value !== undefined) found.stage("READ", value, scope);
};

const createStream: AccessRule<NodeOf<"CreateStream">> = (node, scope, found) => {
  found.use("CREATE", "STREAM", node.name, node.name.span, scope);
  if (node.on !== undefined) found.use("READ", node.onType, node.on, node.on.span, scope);
};

const createSemanticView: AccessRule<NodeOf<"CreateSemanticView">> = (node, scope, found) => {
  found.use("CREATE", "SEMANTIC VIEW", node.name, node.name.span, scope);
  for (const { source } of node.tables)
    if (source.kind !== "Query") found.use("READ", "TABLE", source, source.span, scope);
};

const clone: AccessRule<NodeOf<"CloneSource">> = (node, scope, found) =>
  found.use("READ", "CLONED", node.source, node.source.span, scope);

const alter: AccessRule<NodeOf<"Alter">> = (node, scope, found, walk) => {
  for (const name of [node.name, ...(node.furtherNames ?? [])])
    if (name !== undefined) found.use("ALTER", node.objectType, name, name.span, scope);
  for (const action of node.actions)
    if (action.kind === "RenameTo" || action.kind === "SwapWith")
      found.use("ALTER", node.objectType, action.name, action.name.span, scope);
    else walk(action, node.name === undefined ? scope : inside(scope, node.objectType, node.name));
  return true;
};

const named =
  <N extends Node & { name: Name; objectType: ObjectType }>(action: "DROP" | "UNDROP" | "COMMENT"): AccessRule<N> =>
  (node, scope, found) =>
    found.use(action, node.objectType, node.name, node.name.span, scope);

const VERBS = { CREATE: "CREATE", ALTER: "ALTER", DROP: "DROP" } as const;

const unmodelled: AccessRule<NodeOf<"Unmodelled">> = (node, scope, found) => {
  const action = VERBS[node.verb as keyof typeof VERBS] ?? (node.verb === "EXECUTE" ? "EXECUTE" : undefined);
  if (action === undefined) return;
  found.use(action, node.objectType ?? "", node.name, node.name?.span ?? node.span, scope);
  if (node.args !== undefined) return;
  found.cannotTell(
    `${node.verb} ${node.objectType ?? ""} is not read into a tree.`.replace("  ", " "),
    node.span,
    scope,
  );
};

export const definitions = {
  CreateTable: createTable,
  CreateDynamicTable: createDynamicTable,
  CreateView: createdWithBody<NodeOf<"CreateView">>(
    (node) => (node.materialized ? "MATERIALIZED VIEW" : "VIEW"),
    (node) => [node.query],
  ),
  CreateTask: createdWithBody<NodeOf<"CreateTask">>(
    () => "TASK",
    (node) => [node.when, node.body],
  ),
  CreateAlert: createdWithBody<NodeOf<"CreateAlert">>(
    () => "ALERT",
    (node) => [node.condition, node.action],
  ),
  CreatePipe: createdWithBody<NodeOf<"CreatePipe">>(
    () => "PIPE",
    (node) => [node.copy],
  ),
  CreateCortexSearchService: createdWithBody<NodeOf<"CreateCortexSearchService">>(
    () => "CORTEX SEARCH SERVICE",
    (node) => [node.query],
  ),
  CreateType: created<NodeOf<"CreateType">>(() => "TYPE"),
  CreatePolicy: createdWithBody<NodeOf<"CreatePolicy">>(
    (node) => `${node.policyType} POLICY`,
    (node) => [node.body],
  ),
  CreateDatabase: created<NodeOf<"CreateDatabase">>(() => "DATABASE"),
  CreateSchema: created<NodeOf<"CreateSchema">>(() => "SCHEMA"),
  CreateSequence: created<NodeOf<"CreateSequence">>(() => "SEQUENCE"),
  CreateResourceMonitor: created<NodeOf<"CreateResourceMonitor">>(() => "RESOURCE MONITOR"),
  CreateTag: created<NodeOf<"CreateTag">>(() => "TAG"),
  CreateObject: created<NodeOf<"CreateObject">>((node) => node.objectType),
  CreateSemanticView: createSemanticView,
  CreateStream: createStream,
  CloneSource: clone,
  Alter: alter,
  Drop: named<NodeOf<"Drop">>("DROP"),
  Undrop: named<NodeOf<"Undrop">>("UNDROP"),
  Comment: named<NodeOf<"Comment">>("COMMENT"),
  Unmodelled: unmodelled,
  // They look at or change what may be done with objects, and nothing in them.
  Explain: () => true,
  GrantPrivileges: () => true,
  RevokePrivileges: () => true,
  GrantOwnership: () => true,
  Show: () => true,
  Describe: () => true,
};
