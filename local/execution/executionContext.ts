import type { DuckDBValue } from "@duckdb/node-api";
import type { Statement } from "../../dialect/index";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import { toMillis } from "../clock";
import { parameter } from "../parameters/effective";
import type { Services } from "../services";
import type { Session } from "../session/session";
import type { ChunkVisitor, EngineConnection, EngineRows } from "../store/connection";
import type { WriteUnit } from "../store/writeUnit";
import type { ExecutionContext, Frame, Policed, Rights, ScriptFile, WriteOptions } from "./context";
import { areRowsLocked, rowsLocked, takeLock } from "./lockWait";
import { parseOne } from "./parse";
import { newQueryId } from "./queryId";
import type { RequestScope } from "./request";
import type { StatementResult } from "./result";
import { sessionRights } from "./rights";
import { runStatement } from "./runStatement";
import { waitAside } from "./setAside";
import { checkScope, commitTransaction, openTransaction, setTransactionAside } from "./transactions";
import { type Binds, NO_BINDS, type Variables } from "./value";

export interface ContextParts {
  services: Services;
  session: Session;
  request: RequestScope;
  rights: Rights;
  queryId: string;
  now: bigint;
  signal: AbortSignal;
  text: string;
  binds?: Binds;
  variables?: Variables | undefined;
  reader?: Rights | undefined;
  policed?: Policed | undefined;
  namespace?: { databaseId: number | null; schemaId: number | null } | undefined;
  flow?: readonly StatementResult[] | undefined;
  depth?: number;
  scope?: number;
  detached?: boolean;
  file?: ScriptFile | undefined;
}

let scopes = 0;

/** A long CALL lets other writers in between its statements after so long. */
const LONGEST_HOLD_MS = 500;

/** The only implementation of ExecutionContext. */
export class StatementContext implements ExecutionContext {
  readonly services: Services;
  readonly session: Session;
  readonly rights: Rights;
  readonly reader: Rights;
  readonly policed: Policed | undefined;
  readonly queryId: string;
  readonly now: bigint;
  readonly binds: Binds;
  readonly variables: Variables | undefined;
  readonly signal: AbortSignal;
  readonly flow: readonly StatementResult[];
  readonly depth: number;
  readonly scope: number;
  readonly text: string;
  readonly file: ScriptFile | undefined;
  readonly request: RequestScope;

  constructor(private readonly parts: ContextParts) {
    this.services = parts.services;
    this.session = parts.session;
    this.request = parts.request;
    this.rights = parts.rights;
    this.reader = parts.reader ?? parts.rights;
    this.policed = parts.policed;
    this.queryId = parts.queryId;
    this.now = parts.now;
    this.binds = parts.binds ?? NO_BINDS;
    this.variables = parts.variables;
    this.signal = parts.signal;
    this.flow = parts.flow ?? [];
    this.depth = parts.depth ?? 0;
    this.scope = parts.scope ?? 0;
    this.text = parts.text;
    this.file = parts.file;
  }

  get rootQueryId(): string {
    return this.request.queryId;
  }

  /** The unit whose uncommitted changes this statement must see. */
  private get openUnit(): WriteUnit | undefined {
    if (this.parts.detached) return undefined;
    return this.session.transaction?.unit ?? this.request.unit;
  }

  get catalogue(): CatalogueSnapshot {
    return this.openUnit?.catalogue.snapshot ?? this.services.store.catalogue;
  }

  get namespace(): { databaseId: number | null; schemaId: number | null } {
    return this.parts.namespace ?? { databaseId: this.session.databaseId, schemaId: this.session.schemaId };
  }

  query(sql: string, params: readonly DuckDBValue[] = []): Promise<EngineRows> {
    return this.withConnection((connection) => connection.run(sql, params, this.signal));
  }

  stream(sql: string, params: readonly DuckDBValue[], visit: ChunkVisitor): Promise<void> {
    return this.withConnection((connection) => connection.stream(sql, params, visit, this.signal));
  }

  withConnection<T>(work: (connection: EngineConnection) => Promise<T>): Promise<T> {
    const unit = this.openUnit;
    // A failure while reading would abort the engine's transaction and what the unit wrote before: `attempt` repairs that.
    if (unit) return unit.attempt(() => work(unit.connection));
    return this.services.store.withReader(work);
  }

  async write<T>(work: (unit: WriteUnit) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    if (options.ddl && this.session.transaction) {
      if (this.request.keepsTransaction) this.request.keptTransaction = setTransactionAside(this.session);
      else await commitTransaction(this);
    }
    if (!options.ddl && !this.session.transaction && parameter(this, "AUTOCOMMIT") === false) {
      await this.settle();
      openTransaction(this, undefined);
    }
    const unit = await this.unitForWriting(options.locks);
    return unit.attempt(() => work(unit));
  }

  private async unitForWriting(locks: number | undefined): Promise<WriteUnit> {
    const begin = () => takeLock(this, locks);
    const { transaction } = this.session;
    const isInTheWay = locks !== undefined && areRowsLocked(this, locks);
    if (transaction) {
      if (isInTheWay) await waitAside(this, locks);
      if (!transaction.unit) {
        transaction.unit = await begin();
        transaction.locked = { queryId: this.queryId, at: toMillis(this.services.clock.nowMicros()) };
      }
      return transaction.unit;
    }
    const { unit, unitSince = 0 } = this.request;
    const isHeldLong = performance.now() - unitSince > LONGEST_HOLD_MS;
    if (unit?.isBetweenStatements && (isInTheWay || (isHeldLong && this.services.store.writersWait)))
      await this.settle();
    if (this.request.unit && isInTheWay) throw rowsLocked(this, locks);
    if (!this.request.unit) {
      this.request.unit = await begin();
      this.request.unitSince = performance.now();
    }
    return this.request.unit;
  }

  async settle(): Promise<void> {
    const { unit } = this.request;
    this.request.unit = undefined;
    if (!unit) return;
    if (!unit.hasWritten) return unit.rollback();
    const { key, queryId } = this.request;
    if (key && !this.request.partlyCommitted) await this.services.requests.noteBegun(unit, key, queryId);
    await unit.commit();
    this.request.partlyCommitted = true;
  }

  /** For one of several statements of a request: a query id of its own, the same depth. */
  child(): StatementContext {
    const nowMicros = this.services.clock.nowMicros();
    return new StatementContext({
      ...this.parts,
      rights: sessionRights(this.session),
      reader: undefined,
      policed: undefined,
      queryId: newQueryId(nowMicros),
      now: nowMicros,
    });
  }

  adoptTransaction(): void {
    const { transaction } = this.session;
    if (!transaction) return;
    checkScope(this, transaction);
    this.session.transaction = transaction.enclosing;
    if (transaction.unit) this.request.unit = transaction.unit;
  }

  nested(frame: Frame): ExecutionContext {
    return this.derive(frame, this.text);
  }

  execute(statement: Statement, text: string, frame: Frame = {}): Promise<StatementResult> {
    const context = this.derive(frame, text);
    if (frame.ownQueryId === false) return runStatement(context, statement, { recorded: false });
    return runStatement(context, statement, { recorded: true, parentQueryId: this.queryId });
  }

  executeText(text: string, frame: Frame = {}): Promise<StatementResult> {
    return this.execute(parseOne(text), text, frame);
  }

  private derive(frame: Frame, text: string): StatementContext {
    const own = frame.ownQueryId !== false;
    return new StatementContext({
      ...this.parts,
      rights: frame.rights ?? this.rights,
      reader: frame.rights && !frame.isDefinition ? undefined : this.reader,
      policed: frame.policed ?? (frame.rights ? undefined : this.policed),
      binds: frame.binds ?? this.binds,
      variables: frame.variables ?? this.variables,
      namespace: frame.namespace ?? this.parts.namespace,
      flow: frame.flow ?? this.parts.flow,
      queryId: own ? (frame.queryId ?? newQueryId(this.services.clock.nowMicros())) : this.queryId,
      signal: frame.signal ? AbortSignal.any([this.signal, frame.signal]) : this.signal,
      now: frame.now ?? (own ? this.services.clock.nowMicros() : this.now),
      depth: this.depth + 1,
      file: frame.file ?? this.parts.file,
      detached: frame.detached ?? this.parts.detached ?? false,
      scope: frame.newScope ? ++scopes : this.scope,
      text,
    });
  }
}
