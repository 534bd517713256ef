import type { Expression, NodeOf, Query } from "../../ast/index";
import { constantText } from "../constants/constantText";
import { isRecursive } from "../recursion";
import type { AccessRule } from "./accessRule";
import { partsOf, partsOfText, type Scope } from "./scope";

const query: AccessRule<Query> = (node, scope, found, walk) => {
  if (node.with === undefined) return false;
  const tables = new Set(scope.tables);
  for (const { name, model } of node.with.models ?? []) {
    found.use("READ", "MODEL", model, model.span, scope);
    tables.add(name.value);
  }
  for (const table of node.with.tables) {
    const name = table.name.value;
    if (node.with.recursive || isRecursive(table)) tables.add(name);
    walk(table.query, { ...scope, tables });
    tables.add(name);
  }
  const inner = { ...scope, tables };
  for (const { expression } of node.with.expressions ?? []) walk(expression, inner);
  walk(node.body, inner);
  for (const clause of [node.orderBy, node.limit]) if (clause !== undefined) walk(clause, inner);
  return true;
};

const namedTable: AccessRule<NodeOf<"NamedTable">> = (node, scope, found) => {
  const { name } = node;
  const isLocal = name.kind === "ObjectName" && name.parts.length === 1 && scope.tables.has(name.parts[0]!.value);
  if (!isLocal) found.use("READ", "TABLE", name, name.span, scope);
};

/** `TABLE('d.s.t')`, `TABLE($variable)`; `TABLE(name)` inside a block is a result set. */
const tableLiteral: AccessRule<NodeOf<"TableLiteral">> = (node, scope, found) => {
  if (node.value.kind === "ColumnReference") return;
  if (node.value.kind === "BindVariable" && scope.resultSets.has(node.value.name.value)) return;
  found.use("READ", "TABLE", textParts(node.value, scope), node.value.span, scope);
};

const wrappedTable: AccessRule<NodeOf<"WrappedTable">> = (node, scope, found) =>
  found.use("READ", "TABLE", node.name, node.name.span, scope);

const semanticView: AccessRule<NodeOf<"SemanticViewTable">> = (node, scope, found) =>
  found.use("READ", "SEMANTIC VIEW", node.name, node.name.span, scope);

const stagedFiles: AccessRule<NodeOf<"StagedFiles">> = (node, scope, found) =>
  found.stage("READ", node.location, scope);

const directoryTable: AccessRule<NodeOf<"DirectoryTable">> = (node, scope, found) =>
  found.stage("READ", node.stage, scope);

/** `TABLE(t)` among the arguments hands over a reference, through which the table is read. */
const tableArgument: AccessRule<NodeOf<"TableArgument">> = ({ table }, scope, found) => {
  const { span } = table;
  const read = (parts: string[] | undefined) => found.use("READ", "TABLE", parts, span, scope);
  switch (table.kind) {
    case "ColumnReference": {
      const parts = table.parts.map(({ value }) => value);
      const isLocal = parts.length === 1 && (scope.tables.has(parts[0]!) || scope.resultSets.has(parts[0]!));
      return isLocal ? undefined : read(parts);
    }
    case "DynamicColumn":
      return read(partsOf({ ...table, kind: "IdentifierFunction" }, scope.constantOf));
    case "BindVariable":
      return scope.resultSets.has(table.name.value) ? undefined : read(textParts(table, scope));
    case "StringLiteral":
    case "SessionVariable":
      return read(textParts(table, scope));
    default:
      return undefined;
  }
};

const textParts = (text: Expression, { constantOf }: Scope): string[] | undefined =>
  partsOfText(constantText(text, constantOf));

export const queries = {
  Query: query,
  NamedTable: namedTable,
  TableLiteral: tableLiteral,
  WrappedTable: wrappedTable,
  SemanticViewTable: semanticView,
  StagedFiles: stagedFiles,
  DirectoryTable: directoryTable,
  TableArgument: tableArgument,
};
