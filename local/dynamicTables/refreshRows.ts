import { createHash } from "node:crypto";
import { parseQuery, type Query } from "../../dialect/index";
import { type DynamicTableDoc, isView, type RelationDoc, type TableDoc } from "../catalogue/model";
import { toMillis } from "../clock";
import { compilationError } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { fullName } from "../names/resolve";
import { ownerRights } from "../privileges/index";
import { columnName } from "../store/physical";
import type { WriteUnit } from "../store/writeUnit";
import { bound } from "../translate/bound";
import type { TranslatedQuery } from "../translate/contract";
import { cast } from "../translate/conversion/cast";
import { type CapturedQuery, captureQuery, translateQuery } from "../translate/index";
import { settings } from "../translate/settings";
import { applyChanges, applyDifference, type RowChanges } from "./apply";
import { KeptNode } from "./nodes";
import { Sources, tableSource } from "./sources";
import { type BaseState, type RefreshState, stateOf } from "./state";

export type RefreshAction = "NO_DATA" | "INCREMENTAL" | "FULL" | "REINITIALIZE";

/** A table or dynamic table below the query that had changed. */
export interface ChangedInput {
  name: string;
  kind: "TABLE" | "DYNAMIC_TABLE";
  added: number;
  removed: number;
}

export interface RefreshOutcome extends RowChanges {
  action: RefreshAction;
  reinitReason?: string;
  /** Rows read from what the query reads. */
  scanned: number;
  inputs: ChangedInput[];
  /** Milliseconds. */
  dataTimestamp: number;
}

type Base = TableDoc | DynamicTableDoc;

/** Brings a dynamic table up to date with its query, as its owner, in the write unit. `beforeWork` is called when there is something to do. */
export async function refreshRows(
  context: ExecutionContext,
  unit: WriteUnit,
  given: DynamicTableDoc,
  beforeWork: (isRebuilt: boolean) => Promise<void> = async () => undefined,
): Promise<RefreshOutcome> {
  const doc = (unit.catalogue.snapshot.get("DYNAMIC_TABLE", given.id) ?? given) as DynamicTableDoc;
  const owner = ownerContext(context, unit, doc);
  const query = parseQuery(doc.query);
  const whole = translateQuery(owner, query);
  if (whole.columns.length !== doc.columns.length) {
    throw compilationError(
      "002057",
      "42601",
      `The query of dynamic table '${doc.name}' now gives ${whole.columns.length} columns instead of ${doc.columns.length}. Create the dynamic table again.`,
    );
  }
  const outcome = await new Refresh(owner, unit, doc, query, whole, beforeWork).run();
  unit.advance();
  return outcome;
}

/** The owner's rights and the schema of the table; parameters of the account, so that every refresh reads the query alike. */
function ownerContext(context: ExecutionContext, unit: WriteUnit, doc: DynamicTableDoc): ExecutionContext {
  const schema = unit.catalogue.snapshot.get("SCHEMA", doc.parentId);
  const owner = context.nested({
    rights: ownerRights(context, doc),
    ...(schema ? { namespace: { databaseId: schema.parentId, schemaId: schema.id } } : {}),
    ownQueryId: false,
  });
  const session = { ...owner.session, parameters: new Map() };
  return Object.create(owner, { session: { value: session }, text: { value: doc.query } }) as ExecutionContext;
}

class Refresh {
  private readonly sources = new Sources();
  private readonly state: RefreshState | undefined;

  constructor(
    private readonly context: ExecutionContext,
    private readonly unit: WriteUnit,
    private readonly doc: DynamicTableDoc,
    private readonly query: Query,
    private readonly whole: TranslatedQuery,
    private readonly beforeWork: (isRebuilt: boolean) => Promise<void>,
  ) {
    this.state = stateOf(doc);
  }

  async run(): Promise<RefreshOutcome> {
    const { unit, doc } = this;
    const { snapshot } = unit.catalogue;
    const bases = [...this.whole.relations].flatMap((id): Base[] => {
      const base = snapshot.byId(id) as RelationDoc | undefined;
      return base && !isView(base) ? [base] : [];
    });
    const inputs: ChangedInput[] = [];
    for (const base of bases) {
      const source = await tableSource(unit, base, BigInt(this.state?.bases[base.id]?.version ?? 0));
      this.sources.set({ table: base.id }, source);
      if (source.plusRows + source.minusRows === 0) continue;
      const { plusRows: added, minusRows: removed } = source;
      inputs.push({ name: fullName(snapshot, base), kind: base.kind, added, removed });
    }
    const captured = doc.effectiveRefreshMode === "INCREMENTAL" ? captureQuery(this.context, this.query) : undefined;
    const parts = captured && !("refusal" in captured) ? captured : undefined;
    const shape =
      parts &&
      createHash("sha256")
        .update(JSON.stringify([parts.nodes, parts.root]))
        .digest("hex");
    const reinitReason = this.reinitReason(bases, shape);
    const isFirst = this.state === undefined;
    // A filter on the time gives other rows later, though no input has changed.
    const followsTime = doc.effectiveRefreshMode === "INCREMENTAL" && !this.whole.deterministic;
    const isUnchanged = !isFirst && reinitReason === undefined && inputs.length === 0 && !followsTime;
    let changes: RowChanges = { inserted: 0, deleted: 0, kept: 0 };
    let action: RefreshAction = "NO_DATA";
    if (!isUnchanged) {
      const isRebuilt = isFirst || reinitReason !== undefined;
      await this.beforeWork(isRebuilt);
      action = doc.effectiveRefreshMode === "FULL" ? "FULL" : isRebuilt ? "REINITIALIZE" : "INCREMENTAL";
      changes = parts ? await this.refreshParts(parts, isRebuilt) : await this.recompute();
      const isIdle = !isRebuilt && inputs.length === 0 && changes.inserted + changes.deleted === 0;
      if (action === "INCREMENTAL" && isIdle) action = "NO_DATA";
    }
    const dataTimestamp = toMillis(this.context.now);
    const state: RefreshState = {
      dataTimestamp,
      failures: 0,
      bases: Object.fromEntries(bases.map((base) => [base.id, this.baseState(base)])),
      ...(shape ? { shape } : {}),
      epoch: isFirst ? String(unit.version) : (this.state?.epoch ?? "0"),
    };
    unit.catalogue.update<DynamicTableDoc>(doc, { refreshState: { ...state } });
    return {
      ...changes,
      action,
      ...(reinitReason && action === "REINITIALIZE" ? { reinitReason } : {}),
      scanned: this.sources.scanned,
      inputs,
      dataTimestamp,
    };
  }

  private baseState(base: Base): BaseState {
    const epoch = base.kind === "DYNAMIC_TABLE" ? stateOf(base)?.epoch : undefined;
    return { version: String(this.unit.version), ...(epoch === undefined ? {} : { epoch }) };
  }

  /** Why what is known of the bases, or of the query's parts, is no use any more. */
  private reinitReason(bases: readonly Base[], shape: string | undefined): string | undefined {
    if (!this.state) return undefined;
    for (const base of bases) {
      const known = this.state.bases[base.id];
      const name = fullName(this.unit.catalogue.snapshot, base);
      if (!known) return `Base table '${name}' was replaced or is new to the query.`;
      if (base.kind === "DYNAMIC_TABLE" && known.epoch !== stateOf(base)?.epoch)
        return `Base dynamic table '${name}' was built anew.`;
    }
    if (shape !== this.state.shape) return "What the query reads was defined anew.";
    return undefined;
  }

  /** The values of the query's columns `o1 …` as the table's columns. */
  private outputs(columns: CapturedQuery["columns"]): string {
    const rules = settings(this.context);
    return this.doc.columns
      .map((column, i) => {
        const from = columns[i] as CapturedQuery["columns"][number];
        return `${cast(bound(`o${i + 1}`, from.type, from.nullable), column.type, rules, "assign").sql} AS ${columnName(column)}`;
      })
      .join(", ");
  }

  /** Computes the whole query and changes the rows that differ. */
  private async recompute(): Promise<RowChanges> {
    const { unit, whole } = this;
    for (const prepare of whole.prerequisites) await unit.prepare(prepare);
    for (const id of whole.relations) {
      const base = unit.catalogue.snapshot.byId(id);
      if (base && base.kind !== "VIEW") this.sources.scanned += this.sources.get({ table: id }).rows;
    }
    return this.replaceRows(`SELECT ${this.outputs(whole.columns)} FROM (${whole.sql})`, whole.params);
  }

  private async replaceRows(sql: string, params: Parameters<WriteUnit["run"]>[1] = []): Promise<RowChanges> {
    const fresh = `temp.fresh${this.doc.id}`;
    await this.unit.run(`CREATE OR REPLACE TEMP TABLE ${fresh} AS ${sql}`, params, this.context.signal);
    const changes = await applyDifference(this.unit, this.doc, fresh);
    await this.unit.run(`DROP TABLE ${fresh}`);
    return changes;
  }

  private async refreshParts({ nodes, root, columns }: CapturedQuery, isRebuilt: boolean): Promise<RowChanges> {
    const { unit, doc, sources } = this;
    const kept = nodes.map((node, i) => new KeptNode(unit, sources, doc.id, i, node));
    const outputs = this.outputs(columns);
    if (isRebuilt) {
      for (const node of kept) await node.build();
      return this.replaceRows(`SELECT ${outputs} FROM (${sources.whole(root)})`);
    }
    for (const node of kept) await node.refresh();
    const terms = sources.terms(root);
    const plus = `temp.plus${doc.id}`;
    const minus = `temp.minus${doc.id}`;
    const sum = (sign: 1 | -1): string =>
      terms
        .filter((term) => term.sign === sign)
        .map(({ sql }) => `SELECT ${outputs} FROM (${sql})`)
        .join(" UNION ALL ");
    const [came, went] = [sum(1), sum(-1)];
    const empty = `SELECT ${outputs} FROM (${sources.nothing(root)})`;
    await unit.run(`CREATE OR REPLACE TEMP TABLE ${plus} AS ${came || empty}`);
    let changes: RowChanges;
    if (went) {
      const both = `${minus}_all`;
      await unit.run(`CREATE OR REPLACE TEMP TABLE ${both} AS ${went}`);
      await unit.run(`CREATE OR REPLACE TEMP TABLE ${minus} AS FROM ${both} EXCEPT ALL FROM ${plus}`);
      await unit.run(`CREATE OR REPLACE TEMP TABLE ${plus}_net AS FROM ${plus} EXCEPT ALL FROM ${both}`);
      changes = await applyChanges(unit, doc, `${plus}_net`, minus);
      for (const name of [both, minus, `${plus}_net`]) await unit.run(`DROP TABLE ${name}`);
    } else changes = await applyChanges(unit, doc, plus, undefined);
    await unit.run(`DROP TABLE ${plus}`);
    for (const node of kept) await node.keep();
    return changes;
  }
}
