import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { execute } from "../support";
import { answer, type Case, type CaseConnection, openCases, readCases } from "./runner";

const files = readdirSync(__dirname)
  .filter((file) => file.endsWith(".json"))
  .sort();

const sorted = (rows: unknown[][]): string[] => rows.map((row) => JSON.stringify(row)).sort();

async function check(
  { connection }: CaseConnection,
  { sql, setup, types, rows, unordered, error }: Case,
): Promise<void> {
  for (const statement of setup ?? []) await execute(connection, statement);
  if (error) {
    await assert.rejects(execute(connection, sql), (thrown: { code?: string | number; message?: string }) => {
      assert.equal(String(thrown.code).padStart(6, "0"), error.code);
      assert.equal(thrown.message, error.message);
      return true;
    });
    return;
  }
  const found = await answer(connection, sql);
  if (rows && unordered) assert.deepEqual(sorted(found.rows), sorted(rows));
  else if (rows) assert.deepEqual(found.rows, rows);
  if (types) assert.deepEqual(found.types, types);
}

for (const file of files) {
  describe(`statements of the documentation: ${file.replace(/\.json$/, "")}`, () => {
    const { setup, cases } = readCases(file);
    let opened: CaseConnection;
    before(async () => {
      opened = await openCases();
      for (const statement of setup ?? []) await execute(opened.connection, statement);
    });
    after(() => opened.close());

    for (const one of cases) {
      it(one.name, async function () {
        if (one.only && (one.only === "local") !== opened.isLocal) this.skip();
        await check(opened, one);
      });
    }
  });
}
