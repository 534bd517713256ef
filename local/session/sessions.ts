import { createHash, randomBytes, randomInt } from "node:crypto";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { UserDoc } from "../catalogue/model";
import {
  authenticationExpired,
  loginObjectMissing,
  loginRoleNotAuthorized,
  type SnowflakeError,
  sessionExpired,
  sessionGone,
  sessionTokenInvalid,
} from "../errors";
import { abandonTransactions } from "../execution/transactions";
import { log } from "../log";
import { namespaceParts } from "../names/namespace";
import { valueToWire, wireToValue } from "../results/value";
import type { Store } from "../store/store";
import type { DataType } from "../types/dataType";
import type { Session } from "./session";
import { removeTemporaryObjects } from "./temporary";

/** Seconds, as Snowflake's: a session token lives an hour, a master token four. */
export const SESSION_VALIDITY = 3600;
export const MASTER_VALIDITY = 14_400;

export interface Tokens {
  token: string;
  masterToken: string;
}

interface Entry {
  session: Session;
  /** SHA-256 of the tokens: the file must not hold what opens a session. */
  tokenHash: string;
  masterHash: string;
  tokenExpires: number;
  masterExpires: number;
  saved: string;
}

interface SavedState {
  session: Omit<Session, "parameters" | "variables" | "transaction" | "queryIds"> & {
    parameters: [string, string | number | boolean][];
    variables: [string, { type: DataType; text: string | null }][];
    queryIds: string[];
  };
  tokenHash: string;
  masterHash: string;
  tokenExpires: number;
  masterExpires: number;
}

const hash = (token: string): string => createHash("sha256").update(token).digest("base64");
const newToken = (): string => `ver:3-hint:1-${randomBytes(48).toString("base64url")}`;
const newSessionId = (nowMillis: number): string => String(nowMillis * 1000 + randomInt(1000));

/** How many statements LAST_QUERY_ID can look back. */
const REMEMBERED_QUERIES = 1_000;
/** How many tokens that are good no more are told from made-up ones. */
const REMEMBERED_TOKENS = 10_000;

export interface SessionRequest {
  role?: string | undefined;
  warehouse?: string | undefined;
  database?: string | undefined;
  schema?: string | undefined;
  /** What it names must be there (CLIENT_VALIDATE_DEFAULT_PARAMETERS: the Go driver always asks for that). */
  mustExist?: boolean;
  parameters?: ReadonlyMap<string, string | number | boolean>;
  client?: Session["client"];
  accessToken?: Session["accessToken"] | undefined;
}

/** All sessions that are open. They outlive the process: a driver that repeats a request after a restart finds its session again. */
export class Sessions {
  private readonly byToken = new Map<string, Entry>();
  /** Tokens as clients sent them, so that not every request hashes its own. */
  private readonly presented = new Map<string, Entry>();
  /** Hashes of tokens that were good once, with what they are answered with: a client must not take its session for a made-up one. */
  private readonly past = new Map<string, () => SnowflakeError>();
  private readonly byMaster = new Map<string, Entry>();
  private readonly byId = new Map<string, Entry>();

  constructor(
    private readonly store: Store,
    private readonly nowMillis: () => number,
  ) {}

  async load(): Promise<void> {
    const { rows } = await this.store.withReader((c) => c.run("SELECT state FROM meta.sessions"));
    for (const [text] of rows) {
      const state = JSON.parse(text as string) as SavedState;
      if (state.masterExpires <= this.nowMillis()) continue;
      const { session } = state;
      this.add({
        ...state,
        saved: text as string,
        session: {
          ...session,
          parameters: new Map(session.parameters),
          variables: new Map(session.variables.map(([name, v]) => [name, wireToValue(v.type, v.text)])),
          transaction: null,
        },
      });
    }
  }

  /** Opens a session for an authenticated user. Database, schema and warehouse that do not exist are left unset, a role must be the user's. */
  async open(
    catalogue: CatalogueSnapshot,
    user: UserDoc,
    request: SessionRequest,
    rolesOfUser: ReadonlySet<number>,
  ): Promise<{ session: Session; tokens: Tokens }> {
    const session = this.build(catalogue, user, request, rolesOfUser);
    const tokens = { token: newToken(), masterToken: newToken() };
    const entry: Entry = { session, ...this.lifetimes(tokens), saved: "" };
    this.add(entry);
    await this.save(entry);
    return { session, tokens };
  }

  private build(
    catalogue: CatalogueSnapshot,
    user: UserDoc,
    request: SessionRequest,
    rolesOfUser: ReadonlySet<number>,
  ): Session {
    const { accessToken } = request;
    const onlyRole = accessToken?.roleId === undefined ? undefined : catalogue.get("ROLE", accessToken.roleId);
    const wantedRole = request.role ?? onlyRole?.name ?? user.defaultRole;
    const role = wantedRole ? catalogue.find("ROLE", 0, wantedRole) : undefined;
    const mayHave = (id: number) => rolesOfUser.has(id) && (onlyRole === undefined || onlyRole.id === id);
    if (request.role && (!role || !mayHave(role.id))) throw loginRoleNotAuthorized(request.role);
    const fallback = catalogue.find("ROLE", 0, "PUBLIC");
    const [defaultDatabase, defaultSchema] = namespaceParts(user.defaultNamespace);
    const databaseName = request.database ?? defaultDatabase;
    const database = databaseName ? catalogue.database(databaseName) : undefined;
    // A login that names a database alone has no schema. Source: test_fqn_ddl_does_not_pollute_schema_cache of snowflake-connector-python.
    const schemaName = request.schema ?? (request.database ? undefined : (defaultSchema ?? "PUBLIC"));
    const schema = database && schemaName ? catalogue.schema(database.id, schemaName) : undefined;
    const warehouseName = request.warehouse ?? user.defaultWarehouse;
    const warehouse = warehouseName ? catalogue.find("WAREHOUSE", 0, warehouseName) : undefined;
    if (request.mustExist) {
      if (request.database && !database) throw loginObjectMissing("database");
      if (request.schema && !schema) throw loginObjectMissing("schema");
      if (request.warehouse && !warehouse) throw loginObjectMissing("warehouse");
    }
    const now = this.nowMillis();
    return {
      id: newSessionId(now),
      userId: user.id,
      createdOn: now,
      roleId: role && rolesOfUser.has(role.id) ? role.id : (fallback?.id ?? null),
      secondaryRoles: !onlyRole && (user.defaultSecondaryRoles ?? ["ALL"]).includes("ALL") ? "ALL" : "NONE",
      ...(accessToken ? { accessToken: { roleId: accessToken.roleId } } : {}),
      warehouseId: warehouse?.id ?? null,
      databaseId: database?.id ?? null,
      schemaId: schema?.id ?? null,
      parameters: new Map(request.parameters ?? []),
      variables: new Map(),
      transaction: null,
      queryIds: [],
      client: request.client ?? { application: "", version: "", environment: {} },
      lastUsedOn: now,
      closed: false,
    };
  }

  /** The session of a request. Errors: 390104 no such token, 390111 the session was closed, 390112 expired (the driver renews and repeats). */
  find(token: string): Session {
    const entry = this.presented.get(token) ?? this.byToken.get(hash(token));
    if (!entry) throw (this.past.get(hash(token)) ?? sessionTokenInvalid)();
    this.presented.set(token, entry);
    if (entry.session.closed) throw sessionGone();
    if (entry.tokenExpires <= this.nowMillis()) throw sessionExpired();
    entry.session.lastUsedOn = this.nowMillis();
    return entry.session;
  }

  /** For how long the client has asked nothing. Milliseconds. */
  idleFor(session: Session): number {
    return this.nowMillis() - session.lastUsedOn;
  }

  byIdentifier(id: string): Session | undefined {
    return this.byId.get(id)?.session;
  }

  all(): Session[] {
    return [...this.byId.values()].map((entry) => entry.session);
  }

  /** New tokens for a master token. Errors: 390111 the session is gone, 390114 the master token expired. */
  async renew(masterToken: string): Promise<{ session: Session; tokens: Tokens }> {
    const entry = this.byMaster.get(hash(masterToken));
    if (!entry || entry.session.closed) throw sessionGone();
    if (entry.masterExpires <= this.nowMillis()) throw authenticationExpired();
    this.forget(entry, sessionExpired);
    const tokens = { token: newToken(), masterToken: newToken() };
    Object.assign(entry, this.lifetimes(tokens));
    this.add(entry);
    await this.save(entry);
    return { session: entry.session, tokens };
  }

  /** Keeps the master token alive (heartbeat). */
  touch(session: Session): void {
    const entry = this.byId.get(session.id);
    if (entry) entry.masterExpires = this.nowMillis() + MASTER_VALIDITY * 1000;
  }

  /** Remembers the state of a session in the file when it has changed. */
  keep(session: Session): void {
    const entry = this.byId.get(session.id);
    if (!entry || session.closed) return;
    if (session.queryIds.length > REMEMBERED_QUERIES)
      session.queryIds.splice(0, session.queryIds.length - REMEMBERED_QUERIES);
    if (!this.store.outlivesProcess) return;
    // Query ids alone are not worth a write.
    if (this.stateOf(entry, false) !== entry.saved) void this.save(entry).catch(() => undefined);
  }

  async close(session: Session): Promise<void> {
    session.closed = true;
    await abandonTransactions(session);
    const entry = this.byId.get(session.id);
    if (entry) this.forget(entry, sessionGone);
    // Not awaited: the client that leaves need not wait for other sessions' writes.
    removeTemporaryObjects(this.store, (id) => id === session.id).catch((error) =>
      log.error({ err: error }, "temporary objects of a closed session"),
    );
    await this.store.note((c) => c.run("DELETE FROM meta.sessions WHERE id = $1", [session.id]));
  }

  private add(entry: Entry): void {
    this.byToken.set(entry.tokenHash, entry);
    this.byMaster.set(entry.masterHash, entry);
    this.byId.set(entry.session.id, entry);
  }

  private forget(entry: Entry, answer: () => SnowflakeError): void {
    this.past.set(entry.tokenHash, answer);
    const [oldest] = this.past.keys();
    if (oldest !== undefined && this.past.size > REMEMBERED_TOKENS) this.past.delete(oldest);
    for (const [token, { session }] of this.presented) if (session === entry.session) this.presented.delete(token);
    this.byToken.delete(entry.tokenHash);
    this.byMaster.delete(entry.masterHash);
    this.byId.delete(entry.session.id);
  }

  private lifetimes(tokens: Tokens) {
    return {
      tokenHash: hash(tokens.token),
      masterHash: hash(tokens.masterToken),
      tokenExpires: this.nowMillis() + SESSION_VALIDITY * 1000,
      masterExpires: this.nowMillis() + MASTER_VALIDITY * 1000,
    };
  }

  private stateOf(entry: Entry, withTimes: boolean): string {
    const { session } = entry;
    const { transaction: _, queryIds, lastUsedOn, parameters, variables, ...rest } = session;
    const state: SavedState = {
      session: {
        ...rest,
        lastUsedOn: withTimes ? lastUsedOn : 0,
        queryIds: withTimes ? queryIds.slice(-20) : [],
        parameters: [...parameters],
        variables: [...variables].map(([name, v]) => [name, { type: v.type, text: valueToWire(v) }]),
      },
      tokenHash: entry.tokenHash,
      masterHash: entry.masterHash,
      tokenExpires: entry.tokenExpires,
      masterExpires: entry.masterExpires,
    };
    return JSON.stringify(state);
  }

  private async save(entry: Entry): Promise<void> {
    if (!this.store.outlivesProcess) return;
    entry.saved = this.stateOf(entry, false);
    const text = this.stateOf(entry, true);
    const { id } = entry.session;
    await this.store.note(async (c) => {
      await c.run("BEGIN TRANSACTION");
      await c.run("DELETE FROM meta.sessions WHERE id = $1", [id]);
      await c.run("INSERT INTO meta.sessions VALUES ($1, $2, $3)", [id, text, BigInt(this.nowMillis())]);
      await c.run("COMMIT");
    });
  }
}
