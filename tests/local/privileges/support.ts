import assert from "node:assert/strict";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, type Row, startServer } from "../support";

const PASSWORD = "only-for-this-test";

/** A server with one session of the administrator and one per role, made when first asked for. */
export class Roles {
  private readonly sessions = new Map<string, snowflake.Connection>();

  private constructor(
    private readonly server: LocalServer,
    readonly admin: snowflake.Connection,
  ) {}

  /** Runs `setup` as administrator without secondary roles. The roles are those of user WORKER. */
  static async start(setup: readonly string[]): Promise<Roles> {
    const server = await startServer();
    const admin = await connect(server);
    const worker = `create user WORKER password = '${PASSWORD}' default_warehouse = COMPUTE_WH`;
    for (const sql of ["use secondary roles none", worker, ...setup]) await query(admin, sql);
    return new Roles(server, admin);
  }

  async close(): Promise<void> {
    for (const session of [this.admin, ...this.sessions.values()]) await disconnect(session);
    await this.server.close();
  }

  /** The session of a role; without secondary roles unless it changes them. */
  async session(role: string): Promise<snowflake.Connection> {
    if (role === "ACCOUNTADMIN") return this.admin;
    let session = this.sessions.get(role);
    if (!session) {
      session = await connect(this.server, { username: "WORKER", password: PASSWORD, role });
      await query(session, "use secondary roles none");
      this.sessions.set(role, session);
    }
    return session;
  }

  async run(role: string, ...statements: string[]): Promise<Row[]> {
    let rows: Row[] = [];
    for (const sql of statements) rows = await query(await this.session(role), sql);
    return rows;
  }

  /** The status line of the last statement. */
  async status(role: string, ...statements: string[]): Promise<unknown> {
    return (await this.run(role, ...statements))[0]?.["status"];
  }

  /** Chosen columns of the rows, joined by blanks. */
  async rows(role: string, sql: string, ...columns: string[]): Promise<string[]> {
    return (await this.run(role, sql)).map((row) => columns.map((column) => String(row[column])).join(" "));
  }

  async refused(role: string, sql: string, code: string, message: string): Promise<void> {
    const session = await this.session(role);
    await assert.rejects(query(session, sql), (error: Error & { code?: unknown }) => {
      assert.equal(error.message, message);
      assert.equal(String(error.code).padStart(6, "0"), code);
      return true;
    });
  }

  /** Whether the role would be allowed to, if only this server could. */
  async unsupported(role: string, sql: string): Promise<void> {
    await assert.rejects(query(await this.session(role), sql), (error: Error & { code?: unknown }) => {
      assert.equal(String(error.code).padStart(6, "0"), "000002", error.message);
      return true;
    });
  }
}

/** `lack`: `SELECT granted on TABLE D.S.T`. */
export const insufficient = (kind: string, name: string, lack: string, role: string): [string, string] => [
  "003001",
  `SQL access control error:\nInsufficient privileges to operate on ${kind} '${name}'. Your primary role ${role} must have ${lack}.`,
];

export const doesNotExist = (kind: string, name: string): [string, string] => [
  "002003",
  `SQL compilation error:\n${kind} '${name}' does not exist or not authorized.`,
];
