import type { Values } from "../../../dialect/index";
import { compilationError } from "../../errors";
import type { Binder, BoundQuery } from "../binder";
import type { Bound } from "../bound";
import { unified } from "../expressions/conditional";
import { checkFolded } from "./unfolded";

const MAX_ROWS = 200_000;

/** Refuses more rows than VALUES may have. Source: https://docs.snowflake.com/en/sql-reference/constructs/values */
export function checkRowCount(binder: Binder, { rows, span }: Values): void {
  if (rows.length <= MAX_ROWS) return;
  const [most, given] = [MAX_ROWS, rows.length].map((count) => count.toLocaleString("en"));
  throw compilationError(
    "001795",
    "42601",
    `maximum number of expressions in a list exceeded, expected at most ${most}, got ${given}`,
    binder.position(span),
  );
}

/** `VALUES (1, 'a'), (2, 'b')`: columns COLUMN1, COLUMN2 … with the common type of their values. */
export function bindValues(binder: Binder, node: Values): BoundQuery {
  checkRowCount(binder, node);
  const inner = binder.child({ correlated: true });
  inner.scope.clause = "values";
  const rows = node.rows.map((row) => row.map((e) => inner.expression(e)));
  for (const value of node.rows.flat()) checkFolded(inner, value);
  const width = rows[0]?.length ?? 0;
  const uneven = rows.findIndex((r) => r.length !== width);
  if (uneven >= 0) {
    throw compilationError(
      "001019",
      "42601",
      `invalid number of values in row ${uneven + 1} of a VALUES clause: expected ${width}, got ${rows[uneven]?.length}`,
    );
  }
  const columns = Array.from({ length: width }, (_, i) =>
    unified(
      inner,
      rows.map((r) => r[i] as Bound),
    ),
  );
  const lines = rows.map((_, r) => `(${columns.map((c) => (c.values[r] as Bound).sql).join(", ")})`);
  const names = columns.map((_, i) => `o${i + 1}`);
  return {
    sql: `SELECT * FROM (VALUES ${lines.join(", ")}) AS v(${names.join(", ")})`,
    columns: columns.map((c, i) => ({
      name: `COLUMN${i + 1}`,
      type: c.type,
      nullable: c.values.some((v) => v.nullable),
    })),
    ordered: false,
  };
}
