import {
  type AlterSession,
  type Block,
  type CreateDatabase,
  type CreateProcedure,
  type CreateSchema,
  constantText,
  constantVariables,
  type ExecuteImmediate,
  type Name,
  parseStatements,
  type Statement,
} from "../../dialect/index";
import { isFalse, property } from "../properties";
import type { Act, EnclosingRoutine, Source } from "./act";
import { type Branching, branchesOf, isBranching, isLoop, mainPart, mayMoveNamespace, meet } from "./branches";
import { type AnyNode, childNodes } from "./children";
import { DYNAMIC, type Namespace, nameParts, printResolved, resolveObject, resolveSchema } from "./names";
import { isStatement } from "./statementKinds";

/** A text that could not be read, with the parser's words. Law TT11. */
export interface Unreadable {
  source: Source;
  message: string;
  span: { start: number; end: number };
}

export interface Collected {
  acts: Act[];
  unreadable: Unreadable[];
}

interface Scope {
  source: Source;
  namespace: Namespace;
  within: string[];
  routine?: EnclosingRoutine;
  constants: ReadonlyMap<string, string>;
  /** Set inside a text that was put together: findings point here. */
  spanInSource?: { start: number; end: number };
  depth: number;
}

/** EXECUTE IMMEDIATE inside EXECUTE IMMEDIATE …: nobody writes it deeper, and what cannot be read to its end is not trusted. */
const MAX_NESTED_TEXTS = 16;

/** Reads a text and lists everything that it does, in order, wherever it hides. */
export function collectActs(source: Source, namespace: Namespace = {}): Collected {
  const collected: Collected = { acts: [], unreadable: [] };
  const { statements, errors } = parseStatements(source.text);
  for (const error of errors) {
    collected.unreadable.push({
      source,
      message: error.message,
      span: error.span,
    });
  }
  const scope: Scope = {
    source,
    namespace: { ...namespace },
    within: [],
    routine: source.routine,
    constants: textConstants(statements, source.routine?.parameters),
    depth: 0,
  };
  for (const statement of statements) visit(statement, scope, collected);
  return collected;
}

/** What a text sets once, to a literal: session variables, and the variables of the body that it is. */
function textConstants(statements: Statement[], parameters: readonly string[] = []): ReadonlyMap<string, string> {
  const holder = { kind: "Flow", span: { start: 0, end: 0 }, statements } as Statement;
  return constantVariables(holder, parameters);
}

function visit(node: AnyNode, scope: Scope, collected: Collected): void {
  if (isBranching(node)) {
    visitBranches(node, scope, collected);
    return;
  }
  switch (node.kind) {
    case "Use":
      use(node, scope);
      break;
    case "AlterSession":
      alterSession(node, scope);
      break;
    case "CreateDatabase":
    case "CreateSchema":
      emit(node, scope, collected);
      visitChildren(node, scope, collected);
      moveInto(node, scope);
      return;
    case "Explain":
      return;
    case "CreateProcedure":
      emit(node, scope, collected);
      visitProcedure(node, scope, collected);
      return;
    case "CreateTask":
    case "CreateAlert":
    case "CreateView":
    case "CreateDynamicTable":
      emit(node, scope, collected);
      visitChildren(node, inside(scope, node, node.name), collected);
      return;
    case "Alter":
      emit(node, scope, collected);
      visitChildren(node, node.name ? inside(scope, node, node.name) : scope, collected);
      return;
    case "ExecuteImmediate":
      executeImmediate(node, scope, collected);
      return;
    case "Query":
      emit(node, scope, collected);
      return;
    case "Block": {
      const constants = scope.routine ? scope.constants : new Map([...scope.constants, ...constantVariables(node)]);
      visitBlock(node, { ...scope, constants }, collected);
      return;
    }
  }
  if (isStatement(node)) emit(node, scope, collected);
  visitChildren(node, scope, collected);
}

function visitChildren(node: AnyNode, scope: Scope, collected: Collected): void {
  for (const child of childNodes(node)) visit(child, scope, collected);
}

function emit(statement: Statement, scope: Scope, collected: Collected, folded = false): void {
  collected.acts.push({
    statement,
    namespace: { ...scope.namespace },
    source: scope.source,
    spanInSource: scope.spanInSource,
    within: scope.within,
    routine: scope.routine,
    constantOf: (name) => scope.constants.get(name),
    folded,
  });
}

/** One branch knows nothing of what another did; behind them only what all agree on is known. */
function visitBranches(node: Branching, scope: Scope, collected: Collected): void {
  if (!mayMoveNamespace(node)) {
    visitChildren(node, scope, collected);
    return;
  }
  // The second turn of a loop begins where the first ended.
  if (isLoop(node)) set(scope.namespace, {});
  const before = { ...scope.namespace };
  const ends = [before];
  for (const branch of branchesOf(node)) {
    set(scope.namespace, before);
    for (const child of branch) visit(child, scope, collected);
    ends.push({ ...scope.namespace });
  }
  set(scope.namespace, meet(ends));
}

/** A handler begins wherever the block was when it failed. */
function visitBlock(block: Block, scope: Scope, collected: Collected): void {
  if (block.handlers.length === 0 || !mayMoveNamespace(block)) {
    visitChildren(block, scope, collected);
    return;
  }
  for (const child of mainPart(block)) visit(child, scope, collected);
  const ends = [{ ...scope.namespace }];
  for (const handler of block.handlers) {
    set(scope.namespace, {});
    for (const statement of handler.statements) visit(statement, scope, collected);
    ends.push({ ...scope.namespace });
  }
  set(scope.namespace, meet(ends));
}

/** `QUOTED_IDENTIFIERS_IGNORE_CASE` once switched on is taken to stay on. */
function alterSession({ set: properties = [] }: AlterSession, scope: Scope): void {
  const folds = property(properties, "QUOTED_IDENTIFIERS_IGNORE_CASE");
  if (folds && !isFalse(folds.value)) scope.namespace.ignoreCase = true;
}

function set(namespace: Namespace, { database, schema }: Namespace): void {
  namespace.database = database;
  namespace.schema = schema;
}

/** A new database or schema becomes the current one; whether IF NOT EXISTS makes one is only known at run time. */
function moveInto(node: CreateDatabase | CreateSchema, { namespace, constants }: Scope): void {
  const parts = nameParts(node.name, (name) => constants.get(name));
  const schema = parts === DYNAMIC ? undefined : resolveSchema(parts, namespace);
  const created =
    schema === undefined
      ? {}
      : node.kind === "CreateDatabase"
        ? { database: schema.name, schema: "PUBLIC" }
        : { database: schema.database, schema: schema.name };
  set(namespace, node.ifNotExists ? meet([namespace, created]) : created);
}

function use(node: Extract<Statement, { kind: "Use" }>, scope: Scope): void {
  if (node.type === "ROLE" || node.type === "WAREHOUSE") return;
  const parts = nameParts(node.name, (name) => scope.constants.get(name));
  if (parts === DYNAMIC || node.type === "CATALOG") set(scope.namespace, {});
  else if (node.type === "SCHEMA" || parts.length > 1) {
    const schema = resolveSchema(parts, scope.namespace);
    scope.namespace.database = schema.database;
    scope.namespace.schema = schema.name;
  } else {
    scope.namespace.database = parts[0];
    scope.namespace.schema = "PUBLIC";
  }
}

/** Names in a body resolve in the schema of the object that has the body. */
function inside(scope: Scope, node: AnyNode, name: Name): Scope {
  const parts = nameParts(name, (variable) => scope.constants.get(variable));
  if (parts === DYNAMIC) return { ...scope, namespace: {}, within: [...scope.within, describe(node, "…")] };
  const resolved = resolveObject(parts, scope.namespace);
  return {
    ...scope,
    namespace: { ...scope.namespace, database: resolved.database, schema: resolved.schema },
    within: [...scope.within, describe(node, printResolved(resolved))],
  };
}

function describe(node: AnyNode, name: string): string {
  const words: Record<string, string> = {
    CreateProcedure: "procedure",
    CreateTask: "task",
    CreateAlert: "alert",
    CreateView: "view",
    CreateDynamicTable: "dynamic table",
  };
  const kind = node.kind === "Alter" ? node.objectType.toLowerCase() : (words[node.kind] ?? node.kind);
  return `${kind} ${name}`;
}

function visitProcedure(node: CreateProcedure, scope: Scope, collected: Collected): void {
  const block = node.body?.block ?? node.body?.statement;
  if (!block) return;
  const body = inside(scope, node, node.name);
  const parts = nameParts(node.name, (variable) => scope.constants.get(variable));
  const name = parts === DYNAMIC ? undefined : resolveObject(parts, scope.namespace);
  const parameters = node.parameters.map((parameter) => parameter.name.value);
  const read = node.body?.block ? visitProcedureBlock : visit;
  read(
    block,
    {
      ...body,
      // A caller's-rights body runs where its caller stands; its own schema is still the best that is known.
      routine:
        scope.routine ??
        (name && {
          ...name,
          parameters,
          ownersRights: node.executeAs === undefined || node.executeAs === "OWNER",
        }),
      constants: constantVariables(block, parameters),
    },
    collected,
  );
}

/** The constants of the outermost block are the procedure's own, parameters left out. */
const visitProcedureBlock = (block: AnyNode, scope: Scope, collected: Collected): void =>
  visitBlock(block as Block, scope, collected);

/** A text that is known is judged as what it says; one that is not is left to TT06. */
function executeImmediate(node: ExecuteImmediate, scope: Scope, collected: Collected): void {
  if (node.statements) {
    emit(node, scope, collected, true);
    for (const statement of node.statements) visit(statement, scope, collected);
    return;
  }
  if (node.error) {
    emit(node, scope, collected, true);
    const { message, span } = node.error;
    collected.unreadable.push({ source: scope.source, message, span: scope.spanInSource ?? span });
    return;
  }
  const text = constantText(node.text, (name) => scope.constants.get(name));
  if (text === undefined || scope.depth >= MAX_NESTED_TEXTS) {
    emit(node, scope, collected);
    return;
  }
  emit(node, scope, collected, true);
  const { statements, errors } = parseStatements(text);
  const spanInSource = scope.spanInSource ?? node.span;
  for (const error of errors) {
    collected.unreadable.push({
      source: scope.source,
      message: error.message,
      span: spanInSource,
    });
  }
  for (const statement of statements) visit(statement, { ...scope, spanInSource, depth: scope.depth + 1 }, collected);
}
