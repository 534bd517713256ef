import type {
  Argument,
  ColumnReference,
  Expression,
  FunctionCall,
  MatchRecognize,
  Node,
  Span,
} from "../../../../dialect/index";
import { visit } from "../../../../dialect/index";
import { unsupportedFeature } from "../../../errors";
import { functionEntry } from "../../../functions/index";
import { rewrite } from "../../rewrite";
import { calledName, isExpression, ROW, reference, renamed, template, whereSymbol } from "./nodes";

type Measure = MatchRecognize["measures"][number];
type Semantics = "FINAL" | "RUNNING";

/** What names stand for besides columns of the source. */
interface RowSymbols {
  symbols: ReadonlySet<string>;
  /** The source has a column of this name, which is then no function. */
  hasClassifierColumn: boolean;
}

const refused = (what: string) => unsupportedFeature(`${what} in MEASURES of MATCH_RECOGNIZE`);

/** By name: the place that is read, and the name of the function that reads it. */
const NEIGHBOURS: Record<string, string> = { PREV: "LAG", LAG: "LAG", NEXT: "LEAD", LEAD: "LEAD" };
const ENDS: Record<string, "FIRST" | "LAST"> = {
  FIRST: "FIRST",
  FIRST_VALUE: "FIRST",
  LAST: "LAST",
  LAST_VALUE: "LAST",
};
/** Whose value does not follow from the values that are not NULL, or depends on an order of its own. */
const NOT_PREDICATED = new Set(["GROUPING", "GROUPING_ID", "HASH_AGG"]);

/** Facts about the match of the row. */
const FACTS: Record<string, string> = {
  MATCH_NUMBER: ROW.match,
  MATCH_SEQUENCE_NUMBER: ROW.sequence,
  CLASSIFIER: ROW.symbol,
};

/**
 * An expression of MEASURES as one with window functions over the rows of the match. `byDefault`: FINAL for ONE ROW PER MATCH.
 * Source: https://docs.snowflake.com/en/sql-reference/constructs/match_recognize
 */
export function measured(measure: Measure, byDefault: Semantics, names: RowSymbols): Expression {
  const { expression, semantics } = measure;
  const isFirstCall = (node: FunctionCall) => node.span.start === expression.span.start;
  let isHeeded = semantics === undefined;
  const change = (node: Node): Node | undefined => {
    if (node.kind === "ColumnReference") {
      if (isClassifier(node, names)) return reference(ROW.symbol, node.span);
      if (node.parts.length !== 2 || !names.symbols.has(node.parts[0]?.value ?? "")) return undefined;
      // Outside of functions a column of a symbol is that of its last row.
      return atEnd("LAST", node, byDefault, names, node.span);
    }
    if (node.kind !== "FunctionCall") return undefined;
    const name = calledName(node) ?? "";
    if (FACTS[name]) return reference(FACTS[name], node.span);
    const own = semantics && isFirstCall(node) ? semantics : byDefault;
    const changed = windowOf(node, name, own, byDefault, names);
    if (changed && isFirstCall(node)) isHeeded = true;
    return changed;
  };
  const result = rewrite(expression, change);
  if (!isHeeded) throw refused(`${semantics} that stands before no window function`);
  return result;
}

function windowOf(
  node: FunctionCall,
  name: string,
  semantics: Semantics,
  byDefault: Semantics,
  names: RowSymbols,
): Expression | undefined {
  const neighbour = NEIGHBOURS[name];
  const end = ENDS[name];
  const kind = functionEntry(name)?.kind;
  if (!neighbour && !end && kind !== "aggregate" && kind !== "window") return undefined;
  if (node.over) throw refused(`OVER of ${name}`);
  if (!neighbour && !end && (kind === "window" || NOT_PREDICATED.has(name))) throw refused(`window function ${name}`);
  if (end) {
    const [argument, ...more] = node.args;
    if (!argument || !isExpression(argument) || more.length > 0)
      throw refused(`${name} with other than one expression`);
    return atEnd(end, argument, semantics, names, node.span);
  }
  const args = node.args.map((arg) => plain(arg, names));
  const symbol = commonSymbol(node.args, names, name);
  if (neighbour) {
    if (symbol !== undefined) throw refused(`symbol predicate in ${name}`);
    if (semantics === "FINAL" && byDefault !== "FINAL") throw refused(`FINAL ${name}`);
    const call = { ...renamed(node, neighbour), args, over: window("", node.span) };
    return whereSymbol(undefined, call);
  }
  const [first] = node.args;
  const counted = first?.kind === "Star" ? [template("1", node.span)] : args;
  const values = counted.map((arg, i) => (i === 0 || isReadByRow(name) ? whereSymbol(symbol, arg as Expression) : arg));
  const isOrderless = node.distinct || node.withinGroup !== undefined || name === "LISTAGG" || name === "MEDIAN";
  if (isOrderless && semantics === "RUNNING") throw refused(`RUNNING ${name}${node.distinct ? " with DISTINCT" : ""}`);
  const frame = semantics === "FINAL" ? "UNBOUNDED FOLLOWING" : "CURRENT ROW";
  const withinGroup = node.withinGroup?.map((item) => ({
    ...item,
    expression: plain(item.expression, names) as Expression,
  }));
  const call = { ...node, args: values, over: window(frame, node.span, !isOrderless) };
  return withinGroup ? { ...call, withinGroup } : call;
}

/** Aggregates whose further arguments are values of the row, too. */
const isReadByRow = (name: string): boolean => /^(MIN_BY|MAX_BY|CORR|COVAR_|REGR_|OBJECT_AGG|COUNT$)/.test(name);

function window(frameEnd: string, span: Span, ordered = true) {
  const order = ordered ? ` ORDER BY "${ROW.sequence}"` : "";
  const frame = ordered && frameEnd ? ` ROWS BETWEEN UNBOUNDED PRECEDING AND ${frameEnd}` : "";
  const call = template(`COUNT(*) OVER (PARTITION BY "${ROW.partition}", "${ROW.match}"${order}${frame})`, span);
  return (call as FunctionCall).over as NonNullable<FunctionCall["over"]>;
}

/** The value of `argument` at the first or last row of the match, or of those with its symbol; NULL when there is none. */
function atEnd(
  end: "FIRST" | "LAST",
  argument: Expression,
  semantics: Semantics,
  names: RowSymbols,
  span: Span,
): Expression {
  const symbol = commonSymbol([argument], names, end);
  const value = plain(argument, names) as Expression;
  if (symbol !== undefined && semantics === "RUNNING") throw refused(`RUNNING ${end} of the rows of a symbol`);
  // Up to the current row, the current row is the last.
  if (end === "LAST" && semantics === "RUNNING") return whereSymbol(undefined, value);
  const quoted =
    symbol === undefined ? "" : `CASE WHEN "${ROW.symbol}" = '${symbol.replaceAll("'", "''")}' THEN 0 ELSE 1 END, `;
  const order = `${quoted}"${ROW.sequence}" ${end === "FIRST" ? "ASC" : "DESC"}`;
  const call = template(
    `FIRST_VALUE(NULL) OVER (PARTITION BY "${ROW.partition}", "${ROW.match}" ORDER BY ${order})`,
    span,
  ) as FunctionCall;
  return whereSymbol(undefined, { ...call, args: [whereSymbol(symbol, value)] });
}

/** CLASSIFIER may stand without parentheses. */
const isClassifier = ({ parts }: ColumnReference, { hasClassifierColumn }: RowSymbols): boolean =>
  parts.length === 1 && parts[0]?.value === "CLASSIFIER" && !hasClassifierColumn;

/** The symbol by which the columns of a function are predicated; undefined when none is. */
function commonSymbol(args: readonly Argument[], names: RowSymbols, name: string): string | undefined {
  const found = new Set<string | undefined>();
  for (const arg of args)
    visit(arg, {
      ColumnReference: (node) => {
        if (isClassifier(node, names)) return;
        const qualifier = node.parts.length === 2 ? node.parts[0]?.value : undefined;
        found.add(qualifier !== undefined && names.symbols.has(qualifier) ? qualifier : undefined);
      },
      Star: ({ qualifier }) => {
        const symbol = qualifier?.[0]?.value;
        if (symbol !== undefined && !names.symbols.has(symbol)) throw refused(`${name}(${symbol}.*)`);
        found.add(symbol);
      },
    });
  if (found.size > 1) throw refused(`columns of different symbols in ${name}`);
  return [...found][0];
}

/** What stands in a window function, over columns of the row: predicates are taken away, and no other window function is there. */
function plain(arg: Argument, names: RowSymbols): Argument {
  return rewrite(arg as Expression, (node) => {
    if (node.kind === "ColumnReference") {
      const [qualifier, column] = node.parts;
      if (isClassifier(node, names)) return reference(ROW.symbol, node.span);
      if (node.parts.length === 2 && names.symbols.has(qualifier?.value ?? ""))
        return { ...node, parts: [column as never] };
      return undefined;
    }
    if (node.kind !== "FunctionCall") return undefined;
    const name = calledName(node) ?? "";
    if (FACTS[name]) return reference(FACTS[name], node.span);
    const kind = functionEntry(name)?.kind;
    if (NEIGHBOURS[name] || ENDS[name] || kind === "aggregate" || kind === "window")
      throw refused(`${name} inside of a window function`);
    return undefined;
  });
}
