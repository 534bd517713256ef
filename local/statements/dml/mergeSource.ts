import type { Merge } from "../../../dialect/index";
import type { ExecutionContext } from "../../execution/context";
import { nameParts } from "../../names/parts";
import type { WriteUnit } from "../../store/writeUnit";
import { type Binder, Shared } from "../../translate/binder";
import { newBinder } from "../../translate/index";
import { bindFrom } from "../../translate/query/from";
import { refuseSameNames } from "../../translate/query/sourceNames";
import type { ScopeRelation } from "../../translate/scope";
import { keep, temporaryName } from "./rows";
import { ungroupedChange } from "./target";

/** The source of a MERGE, read once: a temporary table whose rows are numbered `n`. */
export interface MergeSource {
  table: string;
  /** Its relations, with columns of the engine's `s`. */
  relations: ScopeRelation[];
  /** Fills the table, once everything that reads it is compiled. */
  read(unit: WriteUnit): Promise<void>;
}

export function bindSource(context: ExecutionContext, statement: Merge): MergeSource {
  const shared = new Shared();
  const binder = newBinder(context, shared);
  const from = bindFrom(binder, [statement.using]);
  const target = statement.alias?.name.value ?? nameParts(context, statement.table).at(-1);
  refuseSameNames(binder, target === undefined ? [] : [target], [statement.using]);
  const columns = binder.scope.relations.flatMap((relation) => relation.columns);
  const items = columns.map((column, i) => `${column.sql} AS m${i + 1}`);
  const sql = `SELECT ${[...items, "row_number() OVER () AS n"].join(", ")} FROM ${from}`;
  const table = temporaryName();
  columns.forEach((column, i) => {
    column.sql = `s.m${i + 1}`;
  });
  return {
    table,
    relations: binder.scope.relations,
    async read(unit) {
      for (const prepare of shared.prerequisites) await unit.prepare(prepare);
      await keep(unit, { sql, params: shared.params }, context.signal, table);
    },
  };
}

/** A binder that sees the source, and what `enter` adds. */
export function overSource(
  context: ExecutionContext,
  source: MergeSource,
  enter?: (binder: Binder) => void,
  shared = new Shared(),
): { binder: Binder; shared: Shared } {
  const binder = newBinder(context, shared);
  enter?.(binder);
  binder.scope.relations.push(...source.relations);
  binder.scope.refusals = { aggregate: ungroupedChange };
  return { binder, shared };
}
