import type { Case, CaseWhen, DataType, Expression, Extract, IntervalLiteral } from "../../ast/index";
import type { Cursor } from "../cursor";
import { isPeriodLiteral, LAST_UNITS, parseDataType } from "../dataTypes";

/** Reads a form with a grammar of its own, or returns undefined where the word is a plain name; the cursor stands at the word. */
type SpecialForm = (cursor: Cursor) => Expression | undefined;

/** Functions that need no parentheses. https://docs.snowflake.com/en/sql-reference/functions-context */
export const WITHOUT_PARENTHESES: ReadonlySet<string> = new Set([
  "CURRENT_DATE",
  "CURRENT_TIME",
  "CURRENT_TIMESTAMP",
  "CURRENT_USER",
  "LOCALTIME",
  "LOCALTIMESTAMP",
]);

/** Reserved words that are functions too when a parenthesis follows. */
export const CALLABLE_RESERVED: ReadonlySet<string> = new Set(["INSERT", "LIKE", "ILIKE", "RLIKE", "REGEXP"]);

const INTERVAL_UNITS: ReadonlySet<string> = new Set(
  ["YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND"].flatMap((unit) => [unit, `${unit}S`]),
);

export const SPECIAL_FORMS = new Map<string, SpecialForm>([
  ["CASE", parseCase],
  ["CAST", parseCast],
  ["TRY_CAST", parseCast],
  ["EXISTS", parseExists],
  ["EXTRACT", parseExtract],
  ["DATE_PART", parseExtract],
  ["INTERVAL", parseInterval],
  ["PERIOD", parsePeriod],
  ["POSITION", parsePosition],
  ["IDENTIFIER", parseDynamicColumn],
  [
    "REFERENCE",
    (cursor) => {
      const length = cursor.referenceLength;
      return length > 0 && cursor.peek(length).keyword === "(" ? parseDynamicColumn(cursor) : undefined;
    },
  ],
]);

function parseCase(cursor: Cursor): Expression {
  const { start } = cursor;
  cursor.next();
  const node: Case = { kind: "Case", whens: [], span: { start, end: start } };
  if (!cursor.is("WHEN")) node.operand = cursor.expression();
  do {
    const from = cursor.start;
    cursor.expect("WHEN");
    const condition = cursor.expression();
    cursor.expect("THEN");
    const result = cursor.expression();
    node.whens.push({ kind: "CaseWhen", condition, result, span: cursor.span(from) } satisfies CaseWhen);
  } while (cursor.is("WHEN"));
  if (cursor.accept("ELSE")) node.otherwise = cursor.expression();
  cursor.expect("END");
  node.span = cursor.span(start);
  return node;
}

function parseCast(cursor: Cursor): Expression | undefined {
  if (cursor.peek().keyword !== "(") return undefined;
  const { start } = cursor;
  const syntax = cursor.next().keyword as "CAST" | "TRY_CAST";
  cursor.expect("(");
  const expression = cursor.expression();
  cursor.expect("AS");
  const type = parseDataType(cursor);
  const modifiers: string[] = [];
  while (cursor.is("RENAME") || cursor.is("ADD")) {
    const word = cursor.next().keyword;
    cursor.expect("FIELDS");
    modifiers.push(`${word} FIELDS`);
    cursor.accept(",");
  }
  cursor.expect(")");
  return {
    kind: "Cast",
    syntax,
    expression,
    type,
    ...(modifiers.length > 0 && { modifiers }),
    span: cursor.span(start),
  };
}

function parseExists(cursor: Cursor): Expression {
  const { start } = cursor;
  cursor.next();
  const query = cursor.parenthesized(() => cursor.query());
  return { kind: "Exists", query, span: cursor.span(start) };
}

function parseExtract(cursor: Cursor): Expression | undefined {
  if (cursor.peek().keyword !== "(" || cursor.peek(3).keyword !== "FROM") return undefined;
  const { start } = cursor;
  const name = cursor.next().keyword as Extract["function"];
  cursor.next();
  // A part in quotes goes with the comma alone: `EXTRACT('year', d)`.
  if (cursor.token.kind === "String") throw cursor.unexpected([","], cursor.peek());
  if (cursor.token.kind !== "Word" && cursor.token.kind !== "QuotedIdentifier")
    throw cursor.unexpected(["a date or time part"]);
  const part = cursor.next().value.toUpperCase();
  cursor.expect("FROM");
  const expression = cursor.expression();
  cursor.expect(")");
  return { kind: "Extract", function: name, part, expression, span: cursor.span(start) };
}

/** `POSITION(a IN b)`, or an ordinary call when a comma follows. */
function parsePosition(cursor: Cursor): Expression | undefined {
  if (cursor.peek().keyword !== "(") return undefined;
  const { start } = cursor;
  const name = cursor.objectName();
  cursor.next();
  if (cursor.is("EXISTS")) throw cursor.unexpected(["an operand"]);
  const needle = cursor.operand();
  if (cursor.accept("IN")) {
    const haystack = cursor.expression();
    cursor.expect(")");
    return { kind: "Position", needle, haystack, span: cursor.span(start) };
  }
  cursor.expect(",");
  const args = [needle, ...cursor.list(() => cursor.expression())];
  cursor.expect(")");
  return { kind: "FunctionCall", name, parenthesized: true, distinct: false, args, span: cursor.span(start) };
}

/** https://docs.snowflake.com/en/sql-reference/data-types-datetime#interval-constants */
function parseInterval(cursor: Cursor): Expression | undefined {
  const { start } = cursor;
  if (cursor.peek().kind === "Variable") {
    cursor.next();
    return { kind: "IntervalExpression", value: cursor.operand(), span: cursor.span(start) };
  }
  if (cursor.peek().kind !== "String") return undefined;
  cursor.next();
  const value = cursor.next().value;
  const node: IntervalLiteral = { kind: "IntervalLiteral", value, span: { start, end: start } };
  if (INTERVAL_UNITS.has(cursor.token.keyword)) {
    node.unit = cursor.next().keyword;
    if (cursor.is("(")) node.unitParameters = parseIntervalPrecision(cursor);
    if (cursor.accept("TO")) {
      const lastUnits = LAST_UNITS[node.unit.replace(/S$/, "")] ?? [];
      node.toUnit = cursor.expectAnyOf(...lastUnits, ...lastUnits.map((unit) => `${unit}S`));
      if (cursor.is("(")) node.toParameters = parseIntervalPrecision(cursor);
    }
  }
  node.span = cursor.span(start);
  return node;
}

function parsePeriod(cursor: Cursor): Expression | undefined {
  if (!isPeriodLiteral(cursor)) return undefined;
  const { start } = cursor;
  const type = parseDataType(cursor);
  const [element] = type.elements as [DataType];
  const digits = element.parameters.length > 0 ? `(${element.parameters.join(", ")})` : "";
  const { value } = cursor.next();
  return { kind: "TypedLiteral", type: `PERIOD(${element.name}${digits})`, value, span: cursor.span(start) };
}

/** `(2)`, or of seconds `(2, 3)` with the digits behind the point. */
function parseIntervalPrecision(cursor: Cursor): number[] {
  cursor.expect("(");
  const digits = [cursor.integer()];
  if (cursor.accept(",")) digits.push(cursor.integer());
  cursor.expect(")");
  return digits;
}

function parseDynamicColumn(cursor: Cursor): Expression | undefined {
  if (cursor.peek().keyword !== "(") return undefined;
  const name = cursor.name();
  return name.kind === "IdentifierFunction" ? { ...name, kind: "DynamicColumn" } : undefined;
}
