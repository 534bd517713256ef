import { parseQuery } from "../../dialect/index";
import type { DynamicTableDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { compilationError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { type StatementResult, statusResult } from "../execution/result";
import { ownerRights } from "../privileges/index";
import { columnName } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";
import { bound } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { translateQuery } from "../translate/index";
import { settings } from "../translate/settings";
import { applyDifference } from "./apply";
import type { RefreshState } from "./state";

/** The first refresh, or the one after a changed query; part of the statement that asks for it. */
export async function initializeDynamicTable(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: DynamicTableDoc,
): Promise<void> {
  await refreshRows(context, unit, doc);
}

/** ALTER DYNAMIC TABLE … REFRESH. */
export function refreshDynamicTable(context: ExecutionContext, doc: DynamicTableDoc): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      await refreshRows(context, unit, doc);
      return statusResult("Statement executed successfully.");
    },
    { ddl: true },
  );
}

/** Computes the query with the owner's rights and changes the rows that differ, in one transaction. */
async function refreshRows(context: ExecutionContext, unit: WriteUnit, doc: DynamicTableDoc): Promise<void> {
  const schema = unit.catalogue.snapshot.get("SCHEMA", doc.parentId);
  const owner = context.nested({
    rights: ownerRights(context, doc),
    ...(schema ? { namespace: { databaseId: schema.parentId, schemaId: schema.id } } : {}),
    ownQueryId: false,
  });
  const query = translateQuery(owner, parseQuery(doc.query));
  if (query.columns.length !== doc.columns.length) {
    throw compilationError(
      "002057",
      "42601",
      `The query of dynamic table '${doc.name}' now gives ${query.columns.length} columns instead of ${doc.columns.length}. Create the dynamic table again.`,
    );
  }
  for (const prepare of query.prerequisites) await unit.prepare(prepare);
  const fresh = `temp.fresh${doc.id}`;
  const outputs = doc.columns.map((column, i) => {
    const from = query.columns[i]!;
    const value = cast(bound(`o${i + 1}`, from.type, from.nullable), column.type, settings(owner), "assign").sql;
    return `${value} AS ${columnName(column)}`;
  });
  await unit.run(
    `CREATE OR REPLACE TEMP TABLE ${fresh} AS SELECT ${outputs.join(", ")} FROM (${query.sql})`,
    query.params,
  );
  await applyDifference(unit, doc, fresh);
  await unit.run(`DROP TABLE ${fresh}`);
  const state: RefreshState = { dataTimestamp: toMillis(context.now), failures: 0 };
  unit.catalogue.update<DynamicTableDoc>(doc, { refreshState: { ...state } });
}
