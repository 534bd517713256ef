import type { Delete, Merge, Update } from "../../../dialect/index";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { decodeWire } from "../../results/decode";
import { wireToPhysical } from "../../results/value";
import type { WriteUnit } from "../../store/writeUnit";
import type { Binder } from "../../translate/binder";
import { type Bound, bound } from "../../translate/bound";
import { isSemiStructured } from "../../types/dataType";
import { locksOf } from "./target";

let batches = 0;

/** The rows of an array bind as a temporary relation; each `?` is one of its columns. */
export async function batchRelation(
  context: ExecutionContext,
  unit: WriteUnit,
): Promise<{ table: string; columns: Bound[] }> {
  const { columns, rowCount } = context.binds.batch!;
  const table = `temp.batch${++batches}`;
  const names = columns.map((_, i) => `b${i + 1}`);
  await unit.prepare(async (connection) => {
    await connection.createTemporary(table, names.map((name) => `${name} VARCHAR`).join(", "));
    await connection.appendTexts(
      table,
      columns.map(({ texts }) => texts),
      rowCount,
    );
  });
  return {
    table,
    columns: columns.map(({ type }, i) =>
      bound(isSemiStructured(type) ? `CAST(b.b${i + 1} AS JSON)` : decodeWire(type, `b.b${i + 1}`), type),
    ),
  };
}

export const withBatch = (binder: Binder, batch: readonly Bound[]): Binder =>
  Object.assign(Object.create(Object.getPrototypeOf(binder)), binder, { batch });

/** UPDATE, DELETE and MERGE with an array bind: once per row of binds, all or nothing; the counts add up. */
export async function overBatch<S extends Update | Delete | Merge>(
  context: ExecutionContext,
  statement: S,
  run: (context: ExecutionContext, statement: S) => Promise<StatementResult>,
): Promise<StatementResult> {
  const { batch } = context.binds;
  if (!batch) return run(context, statement);
  const writeAll = async () => {
    let total: StatementResult | undefined;
    for (let row = 0; row < batch.rowCount; row++) {
      const values = batch.columns.map(({ type, texts }) => {
        const text = texts[row] ?? null;
        return { type, value: isSemiStructured(type) ? text : wireToPhysical(type, text) };
      });
      const one = await run(context.nested({ binds: { values }, ownQueryId: false }), statement);
      total = total ? added(total, one) : one;
    }
    return total as StatementResult;
  };
  return context.write(writeAll, locksOf(context, statement.table));
}

function added(a: StatementResult, b: StatementResult): StatementResult {
  const cells = (result: StatementResult): (string | null)[] => (result.rows as (string | null)[][])[0] ?? [];
  const sum = (x: number | undefined, y: number | undefined) => (x ?? 0) + (y ?? 0);
  return {
    ...a,
    rows: [cells(a).map((cell, i) => String(BigInt(cell ?? 0) + BigInt(cells(b)[i] ?? 0)))],
    rowsAffected: sum(a.rowsAffected, b.rowsAffected),
    statistics: {
      inserted: sum(a.statistics?.inserted, b.statistics?.inserted),
      updated: sum(a.statistics?.updated, b.statistics?.updated),
      deleted: sum(a.statistics?.deleted, b.statistics?.deleted),
      duplicates: sum(a.statistics?.duplicates, b.statistics?.duplicates),
    },
  };
}
