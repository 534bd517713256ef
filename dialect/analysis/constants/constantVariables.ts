import type {
  Argument,
  CreateProcedure,
  DataType,
  Expression,
  Node,
  QueryBody,
  ScriptValue,
  Select,
} from "../../ast/index";
import { visit } from "../../visitor";
import { constantText } from "./constantText";
import { unchangedBy } from "./typedText";

/**
 * The variables whose text is known before a block or statement runs: set exactly once, from literals or from other such
 * variables; session variables are listed with their `$`, all in upper case. A name that is declared twice, assigned in a
 * branch as well, filled by a query, fetched into, used as a loop variable, changed by a nested procedure or given among
 * `parameters` is not known: what may differ at run time is no constant.
 */
export function constantVariables(root: Node, parameters: readonly string[] = []): ReadonlyMap<string, string> {
  const values = new Map<string, Expression[]>();
  const unknown = new Set(parameters);
  const assign: Assign = (name, value) => {
    if (value === undefined) unknown.add(name);
    else if (!values.get(name)?.push(value)) values.set(name, [value]);
  };
  const types = new Map<string, DataType[]>();
  const declare: Found["declare"] = (name, type) => {
    if (type) types.set(name, [...(types.get(name) ?? []), type]);
  };
  collectAssignments(root, { assign, declare, forget: (name) => void unknown.add(name) });

  const known = new Map<string, string>();
  for (let settled = false; !settled; ) {
    settled = true;
    for (const [name, [only, ...others]] of values) {
      if (only === undefined || others.length > 0 || known.has(name) || unknown.has(name)) continue;
      const written = constantText(only, (other) => known.get(other));
      const text = (types.get(name) ?? []).reduce((kept, type) => unchangedBy(type, kept), written);
      if (text === undefined) continue;
      known.set(name, text);
      settled = false;
    }
  }
  return known;
}

type Assign = (name: string, value: Expression | undefined) => void;

interface Found {
  assign: Assign;
  declare: (name: string, type: DataType | undefined) => void;
  forget: (name: string) => void;
}

function collectAssignments(root: Node, { assign, declare, forget }: Found): void {
  visit(root, {
    VariableDeclaration(node) {
      declare(node.name.value, node.type);
      if (node.value) assign(node.name.value, plainExpression(node.value));
    },
    VariableAssignment: (node) => assign(node.target.value, plainExpression(node.value)),
    SetVariable(node) {
      node.names.forEach((name, index) => {
        assign(`$${name.value}`, node.values[index]);
      });
    },
    ForCursor: (node) => forget(node.variable.value),
    ForCounter: (node) => forget(node.variable.value),
    Query(node) {
      for (const { into } of selectsOf(node.body)) for (const target of into ?? []) forget(target.name.value);
      // Nothing is assigned further inside, and queries are most of a tree.
      return false;
    },
    FetchCursor(node) {
      for (const target of node.into) forget(target.kind === "Identifier" ? target.value : target.name.value);
    },
    Call(node) {
      if (node.into) forget(node.into.value);
      // An OUT argument may change any variable that is handed over.
      for (const argument of node.args) {
        const variable = variableIn(argument);
        if (variable !== undefined) forget(variable);
      }
    },
    ResultSetDeclaration: (node) => forget(node.name.value),
    CursorDeclaration: (node) => forget(node.name.value),
    ProcedureDeclaration({ procedure }) {
      for (const name of changedBy(procedure)) forget(name);
      return false;
    },
    CreateProcedure: () => false,
  });
}

/**
 * The variables of the block around it that a nested procedure changes: it sees them, and what it gives them stays.
 * https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-snowflake-scripting
 */
function changedBy({ parameters, body }: CreateProcedure): string[] {
  if (!body?.block) return [];
  const own = new Set(parameters.map(({ name }) => name.value));
  const changed = new Set<string>();
  const change = (name: string) => void changed.add(name);
  collectAssignments(body.block, { assign: change, declare: (name) => void own.add(name), forget: change });
  return [...changed].filter((name) => !own.has(name));
}

/** The variable that is handed over as it is, by place or by name. */
function variableIn(argument: Argument): string | undefined {
  if (argument.kind === "NamedArgument") return variableIn(argument.value);
  if (argument.kind === "BindVariable") return argument.name.value;
  return argument.kind === "ColumnReference" && argument.parts.length === 1 ? argument.parts[0]!.value : undefined;
}

/** The SELECTs of a query that are not nested in one another: those that may have INTO. */
export function selectsOf(body: QueryBody): Select[] {
  const found: Select[] = [];
  const pending = [body];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at.kind === "Select") found.push(at);
    else if (at.kind === "SetOperation") pending.push(at.right, at.left);
    else if (at.kind === "ParenthesizedQuery") pending.push(at.query.body);
  }
  return found;
}

/** The value as an expression; a statement's result is never a constant. */
const plainExpression = (value: ScriptValue): Expression | undefined =>
  value.kind === "StatementValue" ? undefined : value;
