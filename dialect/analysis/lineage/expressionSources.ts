import type {
  DynamicColumn,
  Expression,
  FunctionCall,
  Identifier,
  Node,
  Query,
  SelectItem,
  Star,
  TableArgument,
  TableReference,
} from "../../ast/index";
import { children } from "../../visitor";
import { partsOfText } from "../access/scope";
import { type Lineage, type LineageColumn, type Scope, type SourceColumn, union } from "./column";
import { isDatePart, takesDatePart } from "./dateParts";
import { answersTo, openColumn, resolveColumn } from "./resolve";

/** What an expression is computed from. A column by itself, also in parentheses, is taken over directly. */
export function columnOf(expression: Expression, scope: Scope, lineage: Lineage): LineageColumn {
  switch (expression.kind) {
    case "Parenthesized":
      return columnOf(expression.expression, scope, lineage);
    case "ColumnReference":
      return resolveColumn(expression, scope, lineage);
    case "PositionalColumn":
      return positional(expression, scope);
    case "DynamicColumn":
      return dynamicColumn(expression, scope, lineage);
    case "SubqueryExpression":
      return lineage.columnsOf(expression.query, scope)[0] ?? { sources: [], direct: false };
    default:
      return { sources: sourcesOf(expression, scope, lineage), direct: false };
  }
}

/** Everything that a node and the nodes below it read. A long chain of operators is a deep tree, which costs no stack here. */
export function sourcesOf(root: Node, scope: Scope, lineage: Lineage): SourceColumn[] {
  const found: SourceColumn[][] = [];
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const own = ownSources(node, scope, lineage);
    if (own !== undefined) found.push(own);
    else for (const child of children(node).reverse()) pending.push(child);
  }
  return union(found);
}

/** Undefined where they are those of the nodes below. */
function ownSources(node: Node, scope: Scope, lineage: Lineage): SourceColumn[] | undefined {
  switch (node.kind) {
    case "ColumnReference":
      return resolveColumn(node, scope, lineage).sources;
    case "PositionalColumn":
      return positional(node, scope).sources;
    case "Query":
      return union(lineage.columnsOf(node, scope).map(({ sources }) => sources));
    case "Lambda": {
      const locals = new Set([...scope.locals, ...node.parameters.map(({ name }) => name.value)]);
      return sourcesOf(node.body, { ...scope, locals }, lineage);
    }
    case "FunctionCall":
      return sourcesOfCall(node, scope, lineage);
    case "Star": {
      const relations = relationsOfStar(node, scope);
      noteUnknown(relations, node, lineage);
      return union(relations.flatMap(({ columns }) => columns.map(({ sources }) => sources)));
    }
    case "DynamicColumn":
      return dynamicColumn(node, scope, lineage).sources;
    case "TableArgument": {
      const query = node.table.kind === "Query" ? node.table : wholeTable(node.table);
      return query && union(lineage.columnsOf(query, scope).map(({ sources }) => sources));
    }
    default:
      return undefined;
  }
}

/** `TABLE(t)` hands over all columns of `t`, as `SELECT * FROM t` would. */
function wholeTable(table: TableArgument["table"]): Query | undefined {
  const { span } = table;
  const from = tableNamed(table);
  if (from === undefined) return undefined;
  const items: SelectItem[] = [{ kind: "SelectItem", expression: { kind: "Star", span }, span }];
  return { kind: "Query", body: { kind: "Select", items, from: [from], span }, span };
}

function tableNamed(table: TableArgument["table"]): TableReference | undefined {
  const { span } = table;
  switch (table.kind) {
    case "ColumnReference":
      return { kind: "NamedTable", name: { kind: "ObjectName", parts: table.parts, span }, span };
    case "DynamicColumn":
      return { kind: "NamedTable", name: { ...table, kind: "IdentifierFunction" }, span };
    case "StringLiteral":
    case "SessionVariable":
    case "BindVariable":
      return { kind: "TableLiteral", value: table, span };
    default:
      return undefined;
  }
}

function sourcesOfCall(call: FunctionCall, scope: Scope, lineage: Lineage): SourceColumn[] {
  const name = call.name.parts.at(-1)?.value ?? "";
  const parts = children(call).filter((child) => {
    if (child === call.name) return false;
    // COUNT(*) counts rows, whatever stands in them.
    if (child.kind === "Star") return name !== "COUNT";
    return !(takesDatePart(name) && child.kind === "ColumnReference" && isDatePart(child));
  });
  return union(parts.map((part) => sourcesOf(part, scope, lineage)));
}

export const relationsOfStar = ({ qualifier }: Star, { relations }: Scope): Scope["relations"] =>
  qualifier === undefined
    ? relations
    : relations.filter((relation) =>
        answersTo(
          relation,
          qualifier.map(({ value }) => value),
        ),
      );

/** A star over tables whose columns are not known stands for more than is told. */
export function noteUnknown(relations: Scope["relations"], star: Star, lineage: Lineage): void {
  for (const { open, name } of relations)
    if (open !== undefined) lineage.problem(`the columns of ${name.join(".") || open.what} are not known`, star);
}

/** `IDENTIFIER('a')` is the column of that name. */
function dynamicColumn(node: DynamicColumn, scope: Scope, lineage: Lineage): LineageColumn {
  const name = constantName(node.argument);
  if (name === undefined) {
    lineage.problem("the column is known at run time only", node);
    return { sources: [], direct: false };
  }
  const written = name.map(
    (value): Identifier => ({ kind: "Identifier", text: value, value, quoted: true, span: node.span }),
  );
  return resolveColumn({ kind: "ColumnReference", parts: [...written, ...node.rest], span: node.span }, scope, lineage);
}

/** The parts of a name that stands in a literal. */
export const constantName = (argument: Expression): string[] | undefined =>
  partsOfText(argument.kind === "StringLiteral" ? argument.value : undefined);

function positional(node: Extract<Expression, { kind: "PositionalColumn" }>, { relations }: Scope): LineageColumn {
  const qualifier = node.qualifier?.map(({ value }) => value);
  const relation = relations.find((candidate) => qualifier === undefined || answersTo(candidate, qualifier));
  if (relation === undefined) return { sources: [], direct: false };
  return relation.columns[node.index - 1] ?? openColumn(`$${node.index}`, relation);
}
