import type { CreateFunction, CreateProcedure, NodeOf } from "../../ast/index";
import type { DialectError } from "../../errors";
import { parseStatements } from "../../parser/parser";
import { constantText } from "../constants/constantText";
import { constantVariables } from "../constants/constantVariables";
import type { AccessRule } from "./accessRule";
import { inside } from "./definitions";
import type { Collector, Scope } from "./scope";

const createProcedure: AccessRule<CreateProcedure> = (node, scope, found, walk) => {
  found.use("CREATE", "PROCEDURE", node.name, node.name.span, scope);
  const body = inside(scope, "PROCEDURE", node.name);
  const code = node.body?.block ?? node.body?.statement;
  if (code !== undefined) walk(code, withConstants(body, node));
  else otherLanguage(node, body, found);
  return true;
};

/** Only the procedure's own variables are known in its body. */
function withConstants(scope: Scope, { body, parameters }: CreateProcedure): Scope {
  const known = constantVariables(
    (body?.block ?? body?.statement)!,
    parameters.map(({ name }) => name.value),
  );
  return { ...scope, constantOf: (name) => known.get(name) };
}

const createFunction: AccessRule<CreateFunction> = (node, scope, found, walk) => {
  const type = node.external ? "EXTERNAL FUNCTION" : node.dataMetric ? "DATA METRIC FUNCTION" : "FUNCTION";
  found.use("CREATE", type, node.name, node.name.span, scope);
  const body = inside(scope, type, node.name);
  const code = node.body?.query ?? node.body?.expression ?? node.body?.block;
  if (code !== undefined) walk(code, body);
  else otherLanguage(node, body, found);
  return true;
};

function otherLanguage(node: CreateProcedure | CreateFunction, scope: Scope, found: Collector): void {
  found.cannotTell(`The body is ${node.language}.`, node.body?.span ?? node.span, scope);
}

/** An anonymous procedure, or one declared in a block, runs here and is no object. */
const local: AccessRule<Pick<NodeOf<"CallWithProcedure">, "procedure" | "tables"> & { call?: NodeOf<"Call"> }> = (
  { procedure, tables, call },
  scope,
  found,
  walk,
) => {
  const code = procedure.body?.block ?? procedure.body?.statement;
  if (code !== undefined) walk(code, withConstants(scope, procedure));
  else otherLanguage(procedure, scope, found);
  let inner = scope;
  for (const { name, query } of tables ?? []) {
    walk(query, inner);
    inner = { ...inner, tables: new Set([...inner.tables, name.value]) };
  }
  for (const argument of call?.args ?? []) walk(argument, inner);
  return true;
};

/** A procedure that the block declares is no object, and neither is a call of it. */
const block: AccessRule<NodeOf<"Block">> = (node, scope, found, walk) => {
  const procedures = node.declarations.flatMap((declaration) =>
    declaration.kind === "ProcedureDeclaration" ? [declaration.procedure.name] : [],
  );
  if (procedures.length === 0) return false;
  const names = new Set(procedures.map((name) => (name.kind === "ObjectName" ? name.parts.at(-1)?.value : undefined)));
  const before = found.uses.length;
  for (const part of [...node.declarations, ...node.statements, ...node.handlers]) walk(part, scope);
  for (let i = found.uses.length - 1; i >= before; i--) {
    const { action, objectType, name = [] } = found.uses[i]!;
    if (action === "CALL" && objectType === "PROCEDURE" && name.length === 1 && names.has(name[0]))
      found.uses.splice(i, 1);
  }
  return true;
};

const call: AccessRule<NodeOf<"Call">> = (node, scope, found) => {
  const isBuiltIn = node.procedure.kind === "ObjectName" && node.procedure.parts.at(-1)?.value.startsWith("SYSTEM$");
  if (isBuiltIn) return;
  found.use("CALL", node.method ? "INSTANCE" : "PROCEDURE", node.procedure, node.procedure.span, scope);
};

const executeImmediate: AccessRule<NodeOf<"ExecuteImmediate">> = (node, scope, found, walk) => {
  for (const value of node.using) walk(value, scope);
  if (node.statements !== undefined) {
    for (const statement of node.statements) walk(statement, { ...scope, tables: new Set() });
    return true;
  }
  const text = constantText(node.text, scope.constantOf);
  const inner = found.insideText(node.span, scope);
  if (text === undefined || inner === undefined) {
    walk(node.text, scope);
    found.cannotTell("The text of EXECUTE IMMEDIATE is known at run time only.", node.span, scope);
    return true;
  }
  const { statements, errors } = parseStatements(text);
  for (const error of errors) found.cannotTell(reasonOf(error), node.span, scope);
  for (const statement of statements) walk(statement, inner);
  return true;
};

const reasonOf = (error: DialectError): string => `The text cannot be read: ${error.message.split("\n").at(-1)}`;

const executeFrom: AccessRule<NodeOf<"ExecuteImmediateFrom">> = (node, scope, found) => {
  found.stage("READ", node.location, scope);
  found.cannotTell("The statements stand in a file.", node.span, scope);
};

const executeTask: AccessRule<NodeOf<"ExecuteTask">> = (node, scope, found) =>
  found.use("EXECUTE", "TASK", node.name, node.name.span, scope);

const executeAlert: AccessRule<NodeOf<"ExecuteAlert">> = (node, scope, found) =>
  found.use("EXECUTE", "ALERT", node.name, node.name.span, scope);

const executeJobService: AccessRule<NodeOf<"ExecuteJobService">> = (node, scope, found) => {
  const name = node.properties.find((property) => property.name === "NAME")?.value;
  found.use("EXECUTE", "JOB SERVICE", name?.kind === "ObjectName" ? name : undefined, node.span, scope);
  found.cannotTell("What a container does is not read.", node.span, scope);
};

export const routines = {
  CreateProcedure: createProcedure,
  CreateFunction: createFunction,
  CallWithProcedure: local,
  ProcedureDeclaration: local,
  Block: block,
  Call: call,
  ExecuteImmediate: executeImmediate,
  ExecuteImmediateFrom: executeFrom,
  ExecuteTask: executeTask,
  ExecuteAlert: executeAlert,
  ExecuteJobService: executeJobService,
};
