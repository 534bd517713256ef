import type { Expression } from "../../../dialect/index";
import type { WriteUnit } from "../../store/writeUnit";
import type { Binder } from "../../translate/binder";
import { type Bound, bound, nullBound } from "../../translate/bound";
import { BOOLEAN, type DataType, FLOAT, number, varchar } from "../../types/dataType";

/** From so many rows on VALUES travel as texts instead of as SQL. */
const WORTH_ROWS = 20;

type Kind = "text" | "number" | "float" | "boolean";

interface LiteralColumn {
  kind: Kind | undefined;
  texts: (string | null)[];
  scale: number;
  digits: number;
  /** The expression that stands in every row, such as CURRENT_TIMESTAMP(). */
  same?: Expression;
}

/** The columns of VALUES that hold nothing but constants of one kind, or one expression; undefined when there is anything else. */
function readColumns(binder: Binder, rows: readonly (readonly Expression[])[]): LiteralColumn[] | undefined {
  const columns: LiteralColumn[] = (rows[0] ?? []).map(() => ({ kind: undefined, texts: [], scale: 0, digits: 0 }));
  for (const [i, column] of columns.entries()) {
    const node = rows[0]?.[i];
    if (node && !constantOf(binder, node) && rows.every((row) => isSame(binder, row[i], node))) column.same = node;
  }
  for (const row of rows) {
    for (const [i, node] of row.entries()) {
      const column = columns[i];
      if (column?.same) {
        column.texts.push(null);
        continue;
      }
      const value = column && constantOf(binder, node);
      if (!value || (value.kind && column.kind && value.kind !== column.kind)) return undefined;
      column.kind ??= value.kind;
      column.texts.push(value.text);
      if (value.kind !== "number" || value.text === null) continue;
      const [whole = "", fraction = ""] = value.text.replace(/^[+-]/, "").split(".");
      column.scale = Math.max(column.scale, fraction.length);
      column.digits = Math.max(column.digits, whole.length);
      if (column.digits + column.scale > 38) return undefined;
    }
  }
  return columns;
}

/** Written alike, and without binds, which differ. */
function isSame(binder: Binder, a: Expression | undefined, b: Expression): boolean {
  if (a?.kind !== b.kind) return false;
  const text = binder.source(b.span);
  return text !== "" && !text.includes("?") && !/:\d/.test(text) && binder.source(a.span) === text;
}

function constantOf(binder: Binder, node: Expression): { kind?: Kind; text: string | null } | undefined {
  switch (node.kind) {
    case "StringLiteral":
      return { kind: "text", text: node.value };
    case "NumberLiteral":
      return /^\d+(\.\d+)?$/.test(node.text) ? { kind: "number", text: node.text } : undefined;
    case "Unary": {
      const operand =
        node.operator === "-" && node.operand.kind === "NumberLiteral" && constantOf(binder, node.operand);
      return operand && operand.text !== null ? { kind: "number", text: `-${operand.text}` } : undefined;
    }
    case "BooleanLiteral":
      return { kind: "boolean", text: String(node.value) };
    case "NullLiteral":
      return { text: null };
    case "BindPlaceholder":
    case "BindVariable":
      return bindOf(binder.expression(node));
    default:
      return undefined;
  }
}

function bindOf({ literal, type }: Bound): { kind?: Kind; text: string | null } | undefined {
  if (!literal) return undefined;
  if (literal.kind === "null") return { text: null };
  switch (type.kind) {
    case "VARCHAR":
      return { kind: "text", text: literal.text };
    case "BOOLEAN":
      return { kind: "boolean", text: literal.text };
    case "FLOAT":
      return { kind: "float", text: literal.text };
    case "NUMBER":
      return /^-?\d+(\.\d+)?$/.test(literal.text) ? { kind: "number", text: literal.text } : undefined;
    default:
      return undefined;
  }
}

const TYPES: Record<Kind, (column: LiteralColumn) => DataType> = {
  text: () => varchar(),
  number: ({ scale }) => number(38, scale),
  float: () => FLOAT,
  boolean: () => BOOLEAN,
};

const SQL_TYPES: Record<Kind, (column: LiteralColumn) => string> = {
  text: () => "VARCHAR",
  number: ({ scale }) => `DECIMAL(38,${scale})`,
  float: () => "DOUBLE",
  boolean: () => "BOOLEAN",
};

let tables = 0;

/**
 * Many rows of constants as a temporary relation `b`: the engine reads thousands of texts faster than one statement that
 * spells them out.
 */
export async function literalRelation(
  binder: Binder,
  unit: WriteUnit,
  rows: readonly (readonly Expression[])[],
  other: (node: Expression, column: number) => Bound,
): Promise<{ from: string; columns: Bound[] } | undefined> {
  if (rows.length < WORTH_ROWS || binder.batch) return undefined;
  const columns = readColumns(binder, rows);
  if (!columns) return undefined;
  const table = `temp.literals${++tables}`;
  await unit.prepare(async (connection) => {
    await connection.createTemporary(table, columns.map((_, i) => `b${i + 1} VARCHAR`).join(", "));
    await connection.appendTexts(
      table,
      columns.map(({ texts }) => texts),
      rows.length,
    );
  });
  return {
    from: `${table} AS b`,
    columns: columns.map((column, i) =>
      column.same
        ? other(column.same, i)
        : column.kind
          ? bound(`CAST(b.b${i + 1} AS ${SQL_TYPES[column.kind](column)})`, TYPES[column.kind](column))
          : nullBound(),
    ),
  };
}
