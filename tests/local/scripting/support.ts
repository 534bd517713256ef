import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, execute, startServer } from "../support";

/** One row of a table of cases: statements run in order; the last one is looked at. */
export interface Case {
  name: string;
  sql: string | string[];
  /** The single cell of the answer, as text (numbers), Date or object. */
  value?: unknown;
  rows?: unknown[][];
  columns?: string[];
  error?: { code: string; sqlState?: string; message: string };
}

/** Runs the cases of one family on a server and a database of their own. */
export function describeCases(title: string, cases: readonly Case[], setup: readonly string[] = []): void {
  describe(title, () => {
    let server: LocalServer;
    let connection: Connection;
    before(async () => {
      server = await startServer();
      connection = await connect(server, { representNullAsStringNull: false });
      for (const sqlText of ["CREATE DATABASE SCRATCH", "USE SCHEMA SCRATCH.PUBLIC", ...setup])
        await execute(connection, sqlText);
    });
    after(async () => {
      await disconnect(connection);
      await server.close();
    });
    for (const test of cases) it(test.name, () => check(connection, test));
  });
}

async function check(connection: Connection, { sql, value, rows, columns, error }: Case): Promise<void> {
  const statements = typeof sql === "string" ? [sql] : sql;
  for (const sqlText of statements.slice(0, -1)) await execute(connection, sqlText);
  const last = execute(connection, statements.at(-1) as string, { rowMode: "array", fetchAsString: ["Number"] });
  if (error) return refused(last, error);
  const answer = await last;
  const got = answer.rows as unknown as unknown[][];
  if (columns)
    assert.deepEqual(
      (answer.statement.getColumns() ?? []).map((column) => column.getName()),
      columns,
    );
  if (rows) assert.deepEqual(got, rows);
  else if (value !== undefined) assert.deepEqual(got, [[value]]);
}

async function refused(work: Promise<unknown>, { code, sqlState, message }: NonNullable<Case["error"]>): Promise<void> {
  const failure = await work.then(
    () => assert.fail(`accepted; expected ${code}: ${message}`),
    (reason: { code?: string | number; sqlState?: string; message: string }) => reason,
  );
  const found = String(failure.code);
  assert.equal(failure.message, message);
  assert.equal(found.startsWith("-") ? found : found.padStart(6, "0"), code);
  if (sqlState) assert.equal(failure.sqlState, sqlState);
}
