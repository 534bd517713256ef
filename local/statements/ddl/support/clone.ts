import type { Query, TimeTravel } from "../../../../dialect/index";
import type {
  AttachedPolicy,
  ColumnDoc,
  DatabaseDoc,
  ObjectDoc,
  SchemaDoc,
  SequenceDoc,
  TableDoc,
} from "../../../catalogue/model";
import { isInitialized } from "../../../dynamicTables/state";
import { unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { columnName, createPhysicalTable, ROW_ID_SEQUENCE, tableName } from "../../../store/physical";
import { createEngineSequence, nextValues } from "../../../store/sequences";
import type { WriteUnit } from "../../../store/writeUnit";
import { translateQuery } from "../../../translate/index";
import { selectAll } from "../../../translate/query/selectAll";
import { insertQuery } from "../tables/fromQuery";
import { copyGrants } from "./create";

/** Copies the rows of a table into its clone, whose physical table exists, with identity sequences of its own. */
export async function cloneTable(
  context: ExecutionContext,
  unit: WriteUnit,
  source: TableDoc,
  clone: TableDoc,
  timeTravel?: TimeTravel,
): Promise<void> {
  if (timeTravel) {
    await insertQuery(context, unit, clone, translateQuery(context, allRows(context, source, timeTravel)));
  } else {
    await copyRows(unit, source, clone);
  }
  const columns: ColumnDoc[] = [];
  for (const column of clone.columns) columns.push(await withOwnSequence(unit, column, clone));
  unit.catalogue.update<TableDoc>(clone, { columns });
}

async function copyRows(
  unit: WriteUnit,
  source: Pick<TableDoc, "id" | "columns">,
  clone: Pick<TableDoc, "id">,
): Promise<void> {
  const names = source.columns.map(columnName);
  await unit.run(
    `INSERT INTO ${tableName(clone.id)} (${[...names, "_rid", "_ver"].join(", ")})
     SELECT ${[...names, `nextval('${ROW_ID_SEQUENCE}')`, String(unit.version)].join(", ")} FROM ${tableName(source.id)} ORDER BY _rid`,
  );
}

async function withOwnSequence(unit: WriteUnit, column: ColumnDoc, table: TableDoc): Promise<ColumnDoc> {
  if (!column.identity) return column;
  const original = unit.catalogue.snapshot.get("SEQUENCE", column.identity.sequenceId);
  if (!original) return column;
  const copy = unit.catalogue.create<"SEQUENCE">({
    ...original,
    name: `IDENTITY$${table.id}$${column.id}`,
    parentId: table.parentId,
    createdOn: undefined,
  });
  await copySequenceValue(unit, original, copy.id);
  return { ...column, identity: { ...column.identity, sequenceId: copy.id } };
}

/** The copy gives next what the original would. */
export async function copySequenceValue(unit: WriteUnit, from: SequenceDoc, to: number): Promise<void> {
  const next = (await nextValues({ query: (sql) => unit.read(sql) })).get(from.id) ?? BigInt(from.start);
  await createEngineSequence(unit, to, next, from.increment);
}

function allRows(context: ExecutionContext, table: TableDoc, timeTravel: TimeTravel): Query {
  const schema = context.catalogue.get("SCHEMA", table.parentId) as SchemaDoc;
  const database = context.catalogue.get("DATABASE", schema.parentId) as DatabaseDoc;
  const { span } = timeTravel;
  const identifier = (value: string) => ({ kind: "Identifier" as const, text: value, value, quoted: true, span });
  const parts = [database.name, schema.name, table.name].map(identifier);
  return selectAll({ kind: "NamedTable", span, name: { kind: "ObjectName", span, parts }, timeTravel });
}

/**
 * Copies all that a database or schema holds; its objects keep the grants on them, the container itself starts without.
 * Tasks and alerts come suspended, internal stages come empty, pipes that load from these do not come.
 */
export async function cloneContents(
  context: ExecutionContext,
  unit: WriteUnit,
  source: DatabaseDoc | SchemaDoc,
  target: DatabaseDoc | SchemaDoc,
  timeTravel?: TimeTravel,
): Promise<void> {
  if (timeTravel) throw unsupportedFeature(`CLONE of a ${source.kind} AT | BEFORE`);
  const newIds = new Map<number, number>();
  await copyChildren(context, unit, source.id, target.id, newIds);
  for (const id of newIds.values()) followCopies(unit, id, newIds);
}

/** A copy has the copies of the policies and tags that were copied with it, and the others as they are. */
function followCopies(unit: WriteUnit, id: number, newIds: ReadonlyMap<number, number>): void {
  const doc = unit.catalogue.snapshot.byId(id);
  if (!doc) return;
  const policy = (attached: AttachedPolicy): AttachedPolicy => ({
    ...attached,
    policyId: newIds.get(attached.policyId) ?? attached.policyId,
  });
  const tags = (given: Record<string, string>) =>
    Object.fromEntries(Object.entries(given).map(([tag, value]) => [newIds.get(Number(tag)) ?? tag, value]));
  const changes = {
    ...("tags" in doc && doc.tags ? { tags: tags(doc.tags) } : {}),
    ...("rowAccessPolicy" in doc && doc.rowAccessPolicy ? { rowAccessPolicy: policy(doc.rowAccessPolicy) } : {}),
    ...("columns" in doc && doc.columns.some((c) => c.maskingPolicy || c.tags)
      ? {
          columns: doc.columns.map((c) => ({
            ...c,
            ...(c.maskingPolicy ? { maskingPolicy: policy(c.maskingPolicy) } : {}),
            ...(c.tags ? { tags: tags(c.tags) } : {}),
          })),
        }
      : {}),
  };
  if (Object.keys(changes).length > 0) unit.catalogue.update<ObjectDoc>(doc, changes as Partial<ObjectDoc>);
}

async function copyChildren(
  context: ExecutionContext,
  unit: WriteUnit,
  fromId: number,
  toId: number,
  newIds: Map<number, number>,
): Promise<void> {
  for (const doc of childrenOf(unit, fromId)) {
    if (doc.kind === "SEQUENCE" && doc.hidden) continue;
    if (doc.kind === "PIPE") continue;
    if (doc.kind === "MATERIALIZED_VIEW") throw unsupportedFeature("CLONE of a materialized view");
    if ("sessionId" in doc && doc.sessionId !== undefined) continue;
    const { id, createdOn: _, ...rest } = doc;
    const copy = unit.catalogue.create({ ...rest, ...pausedState(doc), parentId: toId } as never) as ObjectDoc;
    newIds.set(id, copy.id);
    copyGrants(unit, doc, copy);
    if (doc.kind === "SCHEMA") await copyChildren(context, unit, id, copy.id, newIds);
    if (doc.kind === "SEQUENCE") await copySequenceValue(unit, doc, copy.id);
    if (doc.kind === "TABLE") {
      await createPhysicalTable(unit, copy as TableDoc);
      await cloneTable(context, unit, doc, copy as TableDoc);
    }
    if (doc.kind === "DYNAMIC_TABLE") {
      await createPhysicalTable(unit, copy as TableDoc);
      await copyRows(unit, doc, copy as TableDoc);
    }
  }
}

function pausedState(doc: ObjectDoc): Record<string, unknown> {
  if (doc.kind === "TASK" || doc.kind === "ALERT") return { state: "suspended" };
  if (doc.kind === "DYNAMIC_TABLE")
    return {
      schedulingState: "SUSPENDED",
      suspendReason: "CLONE",
      refreshState: undefined,
      hasClonedRows: isInitialized(doc),
    };
  // A cloned stage has no files, so its directory lists none.
  if (doc.kind === "STAGE" && doc.directory) return { directory: { ...doc.directory, files: [] } };
  return {};
}

function childrenOf(unit: WriteUnit, parentId: number): ObjectDoc[] {
  const found: ObjectDoc[] = [];
  for (const map of unit.catalogue.snapshot.entries().values()) {
    for (const doc of map.values()) {
      if ("parentId" in doc && doc.parentId === parentId && doc.droppedOn === undefined) found.push(doc);
    }
  }
  return found.sort((a, b) => a.id - b.id);
}
