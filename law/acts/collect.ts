import {
  type Block,
  type Call,
  type CreateProcedure,
  constantText,
  type ExecuteImmediate,
  type ProcedureDeclaration,
  parseStatements,
  type RoutineBody,
  type Statement,
} from "../../dialect/index";
import { statementsInBody } from "../foreign/statements";
import type { Act, Source } from "./act";
import { actingCall, actingCallsIn } from "./actingFunctions";
import { type Branching, branchesOf, isBranching, isLoop, mainPart, mayMoveNamespace, meet } from "./branches";
import { CallersRights } from "./callersRights";
import { type AnyNode, childNodes, someStatement } from "./children";
import { handedStatements } from "./handedTexts";
import { DYNAMIC, type Namespace, nameParts, resolveObject } from "./names";
import { foldCase, moveInto, setNamespace, use } from "./namespaceMoves";
import { constantIn, constantsOf, inside, type Scope, textConstants } from "./scope";
import { callsProcedure, mayChangeSession, Session } from "./session";
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

/** EXECUTE IMMEDIATE inside EXECUTE IMMEDIATE …: nobody writes it deeper, and what cannot be read to its end is not trusted. */
const MAX_NESTED_TEXTS = 16;
/** Of texts within texts; where each runs the next one twice they would be 2^16. */
const MAX_TEXTS_WITHIN = 1000;

/** Whether one more text is read within this one. */
function mayRead({ depth, texts }: Scope): boolean {
  if (depth > 0) texts.within++;
  return depth < MAX_NESTED_TEXTS && texts.within <= MAX_TEXTS_WITHIN;
}

/** Reads a text and lists everything that it does, in order, wherever it hides. */
export function collectActs(source: Source, namespace: Namespace = {}): Collected {
  const collected: Collected = { acts: [], unreadable: [] };
  const { statements, errors } = parseStatements(withLines(source.text));
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
    session: new Session(),
    rights: new CallersRights(statements),
    depth: 0,
    texts: { within: 0 },
  };
  for (const statement of statements) visit(statement, scope, collected);
  return collected;
}

/** Whether a bare carriage return ends a comment is not documented: what stands behind it is read as if it did. */
const withLines = (text: string): string => (text.includes("\r") ? text.replaceAll(/\r(?!\n)/g, "\n") : text);

function visit(node: AnyNode, scope: Scope, collected: Collected): void {
  if (isBranching(node)) {
    // The second turn of a loop begins where the first ended.
    const changes = (inner: AnyNode) => mayChangeSession(inner, constantIn(scope));
    if (isLoop(node) && someStatement(node, changes)) scope.session.change();
    scope.session.perhaps(() => visitBranches(node, scope, collected));
    return;
  }
  visitStraight(node, scope, collected);
  if (callsProcedure(node)) scope.session.change();
  if (scope.rights.moves(node)) setNamespace(scope.namespace, {});
  // What a text that was put together sets is not among the constants of the text around it.
  if (node.kind === "SetVariable" && scope.spanInSource) scope.session.change();
  else if (node.kind === "SetVariable") scope.session.set(node.names.map(({ value }) => value));
}

function visitStraight(node: AnyNode, scope: Scope, collected: Collected): void {
  switch (node.kind) {
    case "Use":
      use(node, scope);
      break;
    case "AlterSession":
      foldCase(node.set ?? [], scope);
      break;
    case "CreateDatabase":
    case "CreateSchema":
      emit(node, scope, collected);
      moveInto(node, scope);
      return;
    case "Explain":
      return;
    case "CreateProcedure":
      emit(node, scope, collected);
      scope.rights.define(node);
      visitProcedure(node, scope, collected);
      return;
    case "CreateTask": {
      emit(node, scope, collected);
      const within = inside(scope, node, node.name);
      foldCase(node.properties, within);
      visitChildren(node, within, collected);
      return;
    }
    case "CreateAlert":
    case "CreateView":
    case "CreateDynamicTable":
      emit(node, scope, collected);
      visitChildren(node, inside(scope, node, node.name), collected);
      return;
    case "Alter":
      emit(node, scope, collected);
      for (const action of node.actions) if (action.kind === "SetProperties") foldCase(action.properties, scope);
      visitChildren(node, node.name ? inside(scope, node, node.name) : scope, collected);
      return;
    case "ExecuteImmediate":
      executeImmediate(node, scope, collected);
      return;
    case "Call":
      emit(node, scope, collected);
      visitHanded(node, scope, collected);
      break;
    case "Query":
      emit(node, scope, collected);
      for (const call of actingCallsIn(node, scope)) {
        emit(call, scope, collected);
        visitHanded(call, scope, collected);
      }
      return;
    case "FunctionCall": {
      const call = actingCall(node);
      if (call) emit(call, scope, collected);
      break;
    }
    case "Block": {
      const constants = scope.routine ? scope.constants : constantsOf(() => node, [], scope.constants);
      visitBlock(node, { ...scope, constants }, collected);
      return;
    }
  }
  if (isStatement(node) && node.kind !== "Call") emit(node, scope, collected);
  visitChildren(node, scope, collected);
}

/** What a procedure would run, of another database and not read here, if it ran the texts that it is handed. */
function visitHanded(call: Call, scope: Scope, collected: Collected): void {
  if (!mayRead(scope)) return;
  const handed = handedStatements(call, scope);
  if (handed === undefined) return;
  const { to, texts } = handed;
  for (const statements of texts) {
    const { database, schema } = to;
    const depth = scope.depth + 1;
    const within = { ...scope, namespace: { database, schema }, session: new Session(), handedTo: to, depth };
    const inText = { ...within, constants: textConstants(statements), spanInSource: scope.spanInSource ?? call.span };
    for (const statement of statements) visit(statement, inText, collected);
  }
}

function visitChildren(node: AnyNode, scope: Scope, collected: Collected): void {
  const nested = nestedProcedure(node);
  if (nested) scope.rights.define(nested, true);
  const within = nested || node.kind === "CallWithProcedure" ? { ...scope, declared: true } : scope;
  for (const child of childNodes(node)) visit(child, within, collected);
}

/** A procedure of a block's own; its declaration is no statement, and so not among the nodes that are told apart. */
function nestedProcedure(node: { kind: string }): CreateProcedure | undefined {
  return node.kind === "ProcedureDeclaration" ? (node as ProcedureDeclaration).procedure : undefined;
}

function emit(statement: Statement, scope: Scope, collected: Collected, folded = false): void {
  collected.acts.push({
    statement,
    namespace: { ...scope.namespace },
    source: scope.source,
    spanInSource: scope.spanInSource,
    within: scope.within,
    routine: scope.routine,
    constantOf: constantIn(scope),
    assignedTo: (name) => scope.constants.assigned(name),
    foreign: scope.foreign,
    handedTo: scope.handedTo,
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
  if (isLoop(node)) setNamespace(scope.namespace, {});
  const before = { ...scope.namespace };
  const ends = [before];
  for (const branch of branchesOf(node)) {
    setNamespace(scope.namespace, before);
    for (const child of branch) visit(child, scope, collected);
    ends.push({ ...scope.namespace });
  }
  setNamespace(scope.namespace, meet(ends));
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
    setNamespace(scope.namespace, {});
    for (const statement of handler.statements) visit(statement, scope, collected);
    ends.push({ ...scope.namespace });
  }
  setNamespace(scope.namespace, meet(ends));
}

function visitProcedure(node: CreateProcedure, scope: Scope, collected: Collected): void {
  if (node.body && node.language !== "SQL") visitForeign(node, node.body, scope, collected);
  const block = node.body?.block ?? node.body?.statement;
  if (!block) return;
  const ownersRights = !scope.rights.ofCaller(node);
  const named = inside(scope, node, node.name);
  // A body with its caller's rights runs wherever the caller stands.
  const body = ownersRights ? named : { ...named, namespace: { ignoreCase: scope.namespace.ignoreCase } };
  const parts = nameParts(node.name, constantIn(scope));
  const name = parts === DYNAMIC ? undefined : resolveObject(parts, scope.namespace);
  const parameters = node.parameters.map((parameter) => parameter.name.value);
  const read = node.body?.block ? visitProcedureBlock : visit;
  read(
    block,
    {
      ...body,
      declared: false,
      routine: (scope.declared ? scope.routine : undefined) ?? (name && { ...name, parameters, ownersRights }),
      constants: constantsOf(() => block, parameters),
    },
    collected,
  );
}

/** Of a body in another language only the statements are read that stand in it as texts; what is none there is left alone. */
function visitForeign(node: CreateProcedure, { text, span }: RoutineBody, scope: Scope, collected: Collected): void {
  const parts = nameParts(node.name, constantIn(scope));
  if (parts === DYNAMIC) return;
  const routine = {
    ...resolveObject(parts, scope.namespace),
    parameters: [],
    ownersRights: !scope.rights.ofCaller(node),
  };
  // One session for all of them: what one uses the next stands in.
  const body = { ...inside(scope, node, node.name), routine, spanInSource: span, foreign: true };
  for (const sql of statementsInBody(text, node.language)) {
    const { statements, errors } = parseStatements(sql);
    if (errors.length > 0) continue;
    const constants = textConstants(statements);
    for (const statement of statements) visit(statement, { ...body, constants }, collected);
  }
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
  const text = constantText(node.text, constantIn(scope));
  if (text === undefined || !mayRead(scope)) {
    emit(node, scope, collected);
    scope.session.change();
    return;
  }
  emit(node, scope, collected, true);
  const { statements, errors } = parseStatements(withLines(text));
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
