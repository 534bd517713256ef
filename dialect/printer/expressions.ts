import type {
  Between,
  Binary,
  BindPlaceholder,
  BindVariable,
  Case,
  CaseWhen,
  Cast,
  Collate,
  ColumnReference,
  ColumnSelection,
  DefaultValue,
  DynamicCall,
  DynamicColumn,
  Exists,
  Expression,
  Extract,
  FieldAccess,
  FrameBound,
  FunctionCall,
  In,
  IndexAccess,
  IntervalExpression,
  IsDistinctFrom,
  IsNull,
  Lambda,
  LambdaParameter,
  Like,
  MethodCall,
  NamedArgument,
  Node,
  OdbcEscape,
  OrderItem,
  OuterJoinMarker,
  Parenthesized,
  Position,
  PositionalColumn,
  QuantifiedComparison,
  RowExpression,
  SequenceNextValue,
  SessionVariable,
  SpreadElement,
  Star,
  SubqueryExpression,
  TableArgument,
  Unary,
  WindowFrame,
  WindowSpecification,
} from "../ast/index";
import { commas, type Document, parenthesizedList, sql, when, words } from "./document";
import { dotted } from "./names";
import { ADDITIVE, ANY, COMPARISON, NOT, NULL_TEST, POSTFIX, precedenceOf, UNARY } from "./precedence";

/** The expression, in parentheses if it binds more loosely than its place allows. */
function operand(expression: Expression, minimum: number): Document {
  return precedenceOf(expression) < minimum ? sql`(${expression})` : expression;
}

/** IS does not follow what ends as a predicate. */
function tested(expression: Expression): Document {
  const { kind } = expression;
  const isClosed = kind === "IsNull" || kind === "In" || kind === "IsDistinctFrom";
  return operand(expression, isClosed || (kind === "Like" && expression.escape) ? ADDITIVE : COMPARISON);
}

/** Nothing follows the text of ESCAPE. */
function escapeText(expression: Expression): Document {
  const follows = ["Binary", "Cast", "Collate", "FieldAccess", "IndexAccess"].includes(expression.kind);
  return follows ? sql`(${expression})` : operand(expression, ADDITIVE);
}

function not(negated: boolean): Document {
  return negated ? "NOT " : "";
}

export const expressionPrinters = {
  ColumnReference: (node: ColumnReference): Document => dotted(node.parts),
  PositionalColumn: (node: PositionalColumn): Document => [
    when(node.qualifier, [dotted(node.qualifier ?? []), "."]),
    `$${node.index}`,
  ],
  SessionVariable: (node: SessionVariable): Document => sql`$${node.name}`,
  BindVariable: (node: BindVariable): Document => sql`:${node.name}`,
  BindPlaceholder: (_: BindPlaceholder): Document => "?",
  Star: printStar,
  SpreadElement: (node: SpreadElement): Document => sql`** ${node.expression}`,
  NamedArgument: (node: NamedArgument): Document => sql`${node.name} => ${node.value}`,
  TableArgument: (node: TableArgument): Document =>
    words(
      sql`TABLE(${node.table as Node})`,
      when(node.partitionBy.length, sql`PARTITION BY ${commas(node.partitionBy)}`),
      when(node.orderBy.length, sql`ORDER BY ${commas(node.orderBy)}`),
    ),
  FunctionCall: printFunctionCall,
  MethodCall: (node: MethodCall): Document =>
    words(sql`${node.object}!${node.method}${parenthesizedList(node.args)}`, when(node.over, sql`OVER ${node.over}`)),
  IntervalExpression: (node: IntervalExpression): Document => sql`INTERVAL ${operand(node.value, POSTFIX)}`,
  ColumnSelection: (node: ColumnSelection): Document => parenthesizedList(node.columns),
  SequenceNextValue: (node: SequenceNextValue): Document => sql`${node.sequence}.NEXTVAL`,
  Cast: printCast,
  Case: (node: Case): Document =>
    words("CASE", node.operand, words(...node.whens), when(node.otherwise, sql`ELSE ${node.otherwise}`), "END"),
  CaseWhen: (node: CaseWhen): Document => sql`WHEN ${node.condition} THEN ${node.result}`,
  Unary: printUnary,
  Binary: (node: Binary): Document =>
    sql`${operand(node.left, precedenceOf(node))} ${node.operator} ${operand(node.right, precedenceOf(node) + 1)}`,
  Between: (node: Between): Document =>
    sql`${operand(node.operand, COMPARISON)} ${not(node.negated)}BETWEEN ${operand(node.low, ADDITIVE)} AND ${operand(node.high, NULL_TEST)}`,
  In: (node: In): Document =>
    sql`${operand(node.operand, COMPARISON)} ${not(node.negated)}IN (${node.query ?? commas(node.list ?? [])})`,
  Like: printLike,
  IsNull: (node: IsNull): Document => sql`${operand(node.operand, ADDITIVE)} IS ${not(node.negated)}NULL`,
  IsDistinctFrom: (node: IsDistinctFrom): Document =>
    sql`${tested(node.left)} IS ${not(node.negated)}DISTINCT FROM ${operand(node.right, ADDITIVE)}`,
  Exists: (node: Exists): Document => sql`EXISTS (${node.query})`,
  SubqueryExpression: (node: SubqueryExpression): Document => sql`(${node.query})`,
  QuantifiedComparison: (node: QuantifiedComparison): Document =>
    sql`${operand(node.left, COMPARISON)} ${node.operator} ${node.quantifier} (${node.query})`,
  RowExpression: (node: RowExpression): Document => parenthesizedList(node.items),
  Parenthesized: (node: Parenthesized): Document => sql`(${node.expression})`,
  DynamicCall: (node: DynamicCall): Document => sql`${node.function}${parenthesizedList(node.args)}`,
  OdbcEscape: (node: OdbcEscape): Document => sql`{${node.escape} ${node.expression}}`,
  Extract: (node: Extract): Document => sql`${node.function}(${node.part} FROM ${node.expression})`,
  Position: (node: Position): Document => sql`POSITION(${operand(node.needle, ADDITIVE)} IN ${node.haystack})`,
  FieldAccess: (node: FieldAccess): Document => sql`${operand(node.base, POSTFIX)}${node.operator}${node.key}`,
  IndexAccess: (node: IndexAccess): Document => sql`${operand(node.base, POSTFIX)}[${node.index}]`,
  Collate: (node: Collate): Document => [
    operand(node.expression, POSTFIX),
    ` COLLATE '${node.collation.replaceAll("'", "''")}'`,
  ],
  OuterJoinMarker: (node: OuterJoinMarker): Document => sql`${node.expression} (+)`,
  Lambda: (node: Lambda): Document => {
    const [only] = node.parameters;
    const parameters =
      node.parameters.length === 1 && only !== undefined && only.type === undefined
        ? only
        : parenthesizedList(node.parameters);
    return sql`${parameters} -> ${node.body}`;
  },
  LambdaParameter: (node: LambdaParameter): Document => words(node.name, node.type),
  DefaultValue: (_: DefaultValue): Document => "DEFAULT",
  DynamicColumn: (node: DynamicColumn): Document =>
    node.bare ? node.argument : sql`IDENTIFIER(${node.argument})${node.rest.map((part): Document => [".", part])}`,
  OrderItem: (node: OrderItem): Document =>
    words(node.expression, node.direction, when(node.nulls, `NULLS ${node.nulls}`)),
  WindowSpecification: (node: WindowSpecification): Document =>
    sql`(${words(when(node.partitionBy.length, words("PARTITION BY", when(node.excluding, "EXCLUDING"), commas(node.partitionBy))), when(node.orderBy.length, sql`ORDER BY ${commas(node.orderBy)}`), node.frame)})`,
  WindowFrame: (node: WindowFrame): Document =>
    node.end ? sql`${node.unit} BETWEEN ${node.start} AND ${node.end}` : sql`${node.unit} ${node.start}`,
  FrameBound: (node: FrameBound): Document => words(node.offset && operand(node.offset, ANY), node.type),
};

function printStar(node: Star): Document {
  return words(
    [when(node.qualifier, [dotted(node.qualifier ?? []), "."]), "*"],
    when(node.ilike, sql`ILIKE ${node.ilike}`),
    when(node.exclude, sql`EXCLUDE ${parenthesizedList(node.exclude ?? [])}`),
    when(
      node.replace,
      sql`REPLACE ${parenthesizedList((node.replace ?? []).map((item) => sql`${item.expression} AS ${item.name}`))}`,
    ),
    when(
      node.rename,
      sql`RENAME ${parenthesizedList((node.rename ?? []).map((item) => sql`${item.from} AS ${item.to}`))}`,
    ),
  );
}

function printFunctionCall(node: FunctionCall): Document {
  if (!node.parenthesized) return node.name;
  const inside = words(
    when(node.distinct, "DISTINCT"),
    commas(node.args),
    when(node.nullTreatmentInside, node.nullTreatment),
  );
  return words(
    sql`${node.name}(${inside})`,
    when(node.fromFirstLast, `FROM ${node.fromFirstLast}`),
    when(node.withinGroup, sql`WITHIN GROUP (ORDER BY ${commas(node.withinGroup ?? [])})`),
    when(!node.nullTreatmentInside, node.nullTreatment),
    when(node.over, sql`OVER ${node.over}`),
  );
}

function printCast(node: Cast): Document {
  if (node.syntax === "::") return sql`${operand(node.expression, POSTFIX)}::${node.type}`;
  return sql`${node.syntax}(${node.expression} AS ${words(node.type, node.modifiers?.join(", "))})`;
}

function printUnary(node: Unary): Document {
  const symbol = node.operator === "-" || node.operator === "+";
  const inner = operand(node.operand, node.operator === "NOT" ? NOT : UNARY);
  // `--1` would begin a comment.
  return [node.operator, when(!symbol || node.operand.kind === "Unary", " "), inner];
}

function printLike(node: Like): Document {
  const single = node.quantifier === undefined ? operand(node.patterns[0] as Expression, NULL_TEST) : undefined;
  const pattern = single ?? sql`${node.quantifier} (${node.query ?? commas(node.patterns)})`;
  return words(
    operand(node.operand, COMPARISON),
    sql`${not(node.negated)}${node.operator}`,
    pattern,
    when(node.escape, node.escape && sql`ESCAPE ${escapeText(node.escape)}`),
  );
}
