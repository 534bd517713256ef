import assert from "node:assert/strict";
import { type DuckDBConnection, DuckDBInstance, DuckDBTimestampTZValue, type DuckDBValue } from "@duckdb/node-api";
import { systemClock } from "../../../local/clock";
import { PlanMaker } from "../../../local/store/planMaker";
import { Store } from "../../../local/store/store";
import { type Plan, TablePlans } from "../../../local/store/tablePlans";

describe("Kept plans of queries that read tables", () => {
  let instance: DuckDBInstance;
  let connection: DuckDBConnection;
  let maker: PlanMaker;
  let plans: TablePlans;

  beforeEach(async () => {
    instance = await DuckDBInstance.create(":memory:");
    connection = await instance.connect();
    await connection.run("CREATE SCHEMA data");
    await connection.run("CREATE TABLE data.t (a INTEGER, b VARCHAR)");
    await connection.run("INSERT INTO data.t SELECT i, 'b' || i FROM range(100) r(i)");
    maker = new PlanMaker(await instance.connect());
    plans = new TablePlans(connection, maker);
  });

  afterEach(async () => {
    await maker.close();
    connection.closeSync();
    instance.closeSync();
  });

  /** The rows of a query, and by what plan it came. Planning takes long here, so that a kept plan is worth it. */
  async function run(sql: string, values: DuckDBValue[] = []) {
    let by = "";
    const rows = async (plan: Plan) => (await plan.run()).getRows();
    const planned = async () => {
      by = "planned";
      await new Promise((resolve) => setTimeout(resolve, 30));
      const statement = await connection.prepare(sql);
      if (values.length > 0) statement.bind(values);
      return rows(statement);
    };
    const kept = (plan: Plan) => {
      by = "kept";
      return rows(plan);
    };
    return { rows: await plans.use(sql, values, kept, planned), by };
  }

  /** Long enough that a join with the values is little beside it. */
  const LONG = `/* ${"long ".repeat(100)} */`;

  async function twice(sql: string, values: DuckDBValue[] = []) {
    for (let time = 0; time < 2; time++) assert.equal((await run(sql, values)).by, "planned");
  }

  it("serve from the third time on", async () => {
    const sql = "SELECT a, b FROM data.t WHERE a > 97 ORDER BY a";
    await twice(sql);
    assert.deepEqual(await run(sql), { rows: [[98, "b98"], [99, "b99"]], by: "kept" }); // biome-ignore format: as a table
  });

  it("see rows that came later, whatever the statistics said when they were made", async () => {
    const queries = [
      "SELECT count(*) FROM data.t",
      "SELECT count(*) FROM data.t WHERE a = 200",
      "SELECT count(*) FROM data.t WHERE a IS NULL",
      "SELECT count(*) FROM data.t x JOIN data.t y ON x.a = y.a WHERE y.a > 150",
      "SELECT max(a) - 100 FROM data.t WHERE a > 100",
      "SELECT count(*) FROM (SELECT DISTINCT a, b FROM data.t)",
    ];
    for (const sql of queries) {
      await twice(sql);
      await run(sql);
    }
    await connection.run("INSERT INTO data.t VALUES (200, 'x'), (NULL, 'n')");
    for (const sql of queries) {
      const { rows, by } = await run(sql);
      assert.equal(by, "kept", sql);
      assert.deepEqual(rows, (await connection.runAndReadAll(sql)).getRows(), sql);
    }
  });

  it("are given the values of each run, in the types of the parameters", async () => {
    const sql = `SELECT a, $2::VARCHAR, $3::TIMESTAMPTZ < make_timestamptz(8) FROM data.t WHERE b = $1::VARCHAR AND a < $4::BIGINT AND b <> $2::VARCHAR ${LONG}`;
    const values = (n: number): DuckDBValue[] => [`b${n}`, "it's", new DuckDBTimestampTZValue(7n), 50n];
    await twice(sql, values(1));
    assert.deepEqual(await run(sql, values(2)), { rows: [[2, "it's", true]], by: "kept" });
    assert.deepEqual(await run(sql, values(60)), { rows: [], by: "kept" });
    const prepared = await connection.runAndReadAll("SELECT count(*) FROM duckdb_prepared_statements()");
    assert.deepEqual(prepared.getRows(), [[1n]]);
  });

  it("take parameters within lambdas", async () => {
    const sql = `SELECT list_transform([a], lambda x: x || $1::VARCHAR)[1] FROM data.t WHERE b = $2::VARCHAR ${LONG}`;
    await twice(sql, ["!", "b3"]);
    assert.deepEqual(await run(sql, ["?", "b4"]), { rows: [["4?"]], by: "kept" });
  });

  it("are made anew when a table has another form, and forgotten with it", async () => {
    const sql = "SELECT * FROM data.t WHERE a = 5 /* whose columns may change */";
    await twice(sql);
    assert.equal((await run(sql)).by, "kept");
    await connection.run("ALTER TABLE data.t ADD COLUMN c INTEGER DEFAULT 7");
    assert.equal(maker.noticed("ALTER TABLE data.t ADD COLUMN c INTEGER DEFAULT 7", false), true);
    assert.deepEqual(await run(sql), { rows: [[5, "b5", 7]], by: "kept" });
    await connection.run("DROP TABLE data.t");
    await assert.rejects(run(sql), /Table with name t does not exist/);
  });

  it("that fail leave the last word to the plan for the values, unless rows were already given out", async () => {
    const fail = () => Promise.reject(new Error("evaluated in another order"));
    const use = (sql: string, mayRepeat: boolean) =>
      plans.use(
        sql,
        [],
        fail,
        async () => "planned",
        () => mayRepeat,
      );
    for (const mayRepeat of [true, false]) {
      const sql = `SELECT a FROM data.t WHERE ${mayRepeat}`;
      await use(sql, true);
      await use(sql, true);
      if (mayRepeat) assert.equal(await use(sql, true), "planned");
      else await assert.rejects(use(sql, false), /evaluated in another order/);
      assert.equal(maker.runs.isWorthPlan(sql), false);
    }
  });

  it("are not kept where they are no faster", async () => {
    const sql = "SELECT count(*) FROM data.t WHERE b LIKE '%9%' AND length(b) > 1";
    const seen: string[] = [];
    const slowly = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return [];
    };
    for (let time = 0; time < 9; time++) {
      let by = "planned";
      const kept = () => {
        by = "kept";
        return slowly();
      };
      await plans.use(sql, [], kept, async () => []);
      seen.push(by);
    }
    assert.deepEqual(seen, ["planned", "planned", "kept", "kept", "kept", "planned", "planned", "kept", "kept"]);
  });

  it("leave the setting of the optimizer as it was, also when one cannot be made", async () => {
    await twice("SELECT count(*) FROM data.t");
    await run("SELECT count(*) FROM data.t");
    await assert.rejects(maker.apartFromRows(() => connection.run("SELECT nothing")));
    const { runs } = maker;
    runs.planned("SELECT broken FROM data.t", 1);
    runs.planned("SELECT broken FROM data.t", 1);
    await assert.rejects(run("SELECT broken FROM data.t"), /"broken" not found/);
    assert.equal(runs.isWorthPlan("SELECT broken FROM data.t"), false);
    const setting = await connection.runAndReadAll("SELECT current_setting('disabled_optimizers')");
    assert.deepEqual(setting.getRows(), [[""]]);
  });
});

describe("A query that comes again and again", () => {
  let store: Store;

  before(async () => {
    store = await Store.open({ clock: systemClock });
  });

  after(() => store.close());

  const write = async (...statements: string[]) => {
    const unit = await store.beginWrite();
    for (const sql of statements) await unit.run(sql);
    await unit.commit();
  };

  async function rows(sql: string): Promise<DuckDBValue[][]> {
    const seen: DuckDBValue[][] = [];
    await store.withReader((connection) =>
      connection.stream(sql, [], (columns, rowCount) => {
        for (let row = 0; row < rowCount; row++) seen.push(columns.map((column) => column[row] as DuckDBValue));
      }),
    );
    return seen;
  }

  it("gives what is committed, of tables that grow, change their columns and go", async () => {
    await write("CREATE TABLE data.x (a BIGINT)", "INSERT INTO data.x VALUES (1), (2)");
    const sql = "SELECT * FROM data.x WHERE a >= 0 /* of a table that changes meanwhile */ ORDER BY a";
    for (let time = 0; time < 8; time++) assert.deepEqual(await rows(sql), [[1n], [2n]]);
    await write("INSERT INTO data.x SELECT i FROM range(3, 10_001) r(i)");
    for (let time = 0; time < 4; time++) {
      const all = await rows(sql);
      assert.deepEqual([all.length, all[9999]], [10_000, [10_000n]]);
    }
    const unit = await store.beginWrite();
    await unit.run("ALTER TABLE data.x ADD COLUMN b BIGINT DEFAULT 5");
    assert.equal((await rows(sql)).length, 10_000);
    await unit.rollback();
    assert.deepEqual((await rows(sql))[0], [1n]);
    await write("ALTER TABLE data.x ADD COLUMN b BIGINT DEFAULT 5", "DELETE FROM data.x WHERE a > 1");
    for (let time = 0; time < 4; time++) assert.deepEqual(await rows(sql), [[1n, 5n]]);
    await write("DROP TABLE data.x", "CREATE TABLE data.x (a INTEGER)", "INSERT INTO data.x VALUES (7)");
    for (let time = 0; time < 4; time++) assert.deepEqual(await rows(sql), [[7]]);
  });

  it("is served by the same connection whenever that is free", async () => {
    const connection = (ms: number) =>
      store.withReader(async (reader) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return reader;
      });
    const first = await connection(0);
    const [longest, shorter] = await Promise.all([connection(20), connection(1)]);
    assert.equal(longest, first);
    assert.notEqual(shorter, first);
    const [shortest, longer] = await Promise.all([connection(1), connection(20)]);
    assert.deepEqual([shortest === first, longer === shorter], [true, true]);
    assert.equal(await connection(0), first);
  });
});
