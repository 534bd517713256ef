import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { boundEarly } from "../../../local/store/earlyBinding";
import { PlanCache } from "../../../local/store/planCache";

describe("Functions that wait for their parameters", () => {
  let connection: DuckDBConnection;

  before(async () => {
    const instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
  });

  after(() => connection.closeSync());

  const ROWS = [
    "to_json($1::VARCHAR)::VARCHAR",
    "to_json('S' || $1::VARCHAR)::VARCHAR",
    "json_array($1::VARCHAR, 2, [$2::VARCHAR, ')'])::VARCHAR",
    "CASE WHEN starts_with($2::VARCHAR, 'b') THEN to_json([to_json($1::VARCHAR), to_json('\"(,')])::VARCHAR END",
    "concat_ws(',', to_json('$1, ('), to_json(concat($1::VARCHAR))) || '}'",
  ];

  for (const row of ROWS)
    it(`give the same without waiting: ${row}`, async () => {
      const values = ['it\'s "a" – ü, (', "bc"];
      const at = async (sql: string) => {
        const prepared = await connection.prepare(sql);
        const mentioned = [...new Set(sql.replace(/'[^']*'/g, "").match(/\$\d/g))].sort();
        prepared.bind(mentioned.map((parameter) => values[Number(parameter.slice(1)) - 1] as string));
        return (await prepared.run()).getRows();
      };
      assert.deepEqual(await at(`SELECT ${boundEarly(row)}`), await at(`SELECT ${row}`));
    });

  it("a statement with them is known when it is prepared, so that its plan is kept", async () => {
    const plans = new PlanCache(connection);
    for (const row of ROWS) {
      const sql = `SELECT ${row} AS "answer" /* long enough to be worth a plan of its own */`;
      const bare = await connection.prepare(sql);
      assert.equal(bare.columnName(0), "unknown", row);
      assert.equal(await plans.get(sql, ["a", "b"]), undefined);
      assert.equal((await plans.get(sql, ["a", "b"]))?.columnName(0), "answer", row);
    }
    plans.clear();
  });

  it("no plan is kept for texts that would fill the memory, each mention counted", async () => {
    const plans = new PlanCache(connection);
    const sql = `SELECT ${Array.from({ length: 20 }, () => "length(concat($1::VARCHAR))").join(" + ")} AS "answer"`;
    await plans.get(sql, ["a"]);
    assert.notEqual(await plans.get(sql, ["a".repeat(700_000)]), undefined);
    assert.equal(await plans.get(sql, ["a".repeat(900_000)]), undefined);
    plans.clear();
  });

  it("without a parameter they stay as they are", () => {
    const sql = "SELECT to_json(a), to_json('$1'), json_array(\"$2\"), $3::VARCHAR";
    assert.equal(boundEarly(sql), sql);
  });
});
