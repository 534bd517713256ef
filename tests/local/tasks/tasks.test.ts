import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, type Row, SteerableClock, startServer } from "../support";

describe("Tasks", () => {
  let server: LocalServer;
  let connection: Connection;
  let clock: SteerableClock;
  const run = (sql: string): Promise<Row[]> => query(connection, sql);

  beforeEach(async () => {
    clock = new SteerableClock("2026-03-02T10:00:00Z");
    server = await startServer({ clock });
    connection = await connect(server);
    await run("CREATE DATABASE d");
    await run("CREATE WAREHOUSE w");
    await run("CREATE TABLE noted (v VARCHAR)");
  });
  afterEach(async () => {
    await disconnect(connection);
    await server.close();
  });

  const history = () =>
    run(
      "SELECT * FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) WHERE STATE NOT IN ('SCHEDULED', 'EXECUTING') ORDER BY COMPLETED_TIME, ATTEMPT_NUMBER, NAME",
    );

  /** Moves the clock and waits until so many runs are over. */
  async function until(seconds: number, count: number): Promise<Row[]> {
    await clock.advance(seconds * 1000);
    for (let i = 0; i < 500; i++) {
      const rows = await history();
      if (rows.length >= count) return rows;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`${JSON.stringify((await history()).map((r) => [r.NAME, r.STATE]))} instead of ${count} runs`);
  }

  const noted = async () => (await run("SELECT v FROM noted ORDER BY v")).map((row) => row.V);
  const states = (rows: Row[]) => Object.fromEntries(rows.map((row) => [row.NAME, row.STATE]));
  const note = (text: string) => `INSERT INTO noted VALUES ('${text}')`;

  it("run on their interval after RESUME, with their own session parameters, and stop at SUSPEND", async () => {
    await run(
      `CREATE TASK t WAREHOUSE = w SCHEDULE = '5 MINUTE' TIMEZONE = 'Asia/Tokyo' AS INSERT INTO noted SELECT TO_VARCHAR(CURRENT_TIMESTAMP(), 'HH24:MI')`,
    );
    await clock.advance(600_000);
    await run("ALTER TASK t RESUME");
    await until(300, 1);
    const rows = await until(300, 2);
    assert.deepEqual(await noted(), ["19:15", "19:20"]);
    assert.deepEqual(
      rows.map((row) => [row.STATE, row.SCHEDULED_FROM, row.DATABASE_NAME, row.ATTEMPT_NUMBER, row.GRAPH_VERSION]),
      [
        ["SUCCEEDED", "SCHEDULE", "D", 1, 1],
        ["SUCCEEDED", "SCHEDULE", "D", 1, 1],
      ],
    );
    assert.equal(rows[0]?.RUN_ID, Date.parse("2026-03-02T10:15:00Z"));
    const [task] = await run("SHOW TASKS");
    assert.equal(rows[0]?.ROOT_TASK_ID, task?.id);
    const [entry] = await run(
      `SELECT QUERY_TYPE, USER_NAME FROM TABLE(INFORMATION_SCHEMA.QUERY_HISTORY()) WHERE QUERY_ID = '${rows[0]?.QUERY_ID}'`,
    );
    assert.deepEqual(entry, { QUERY_TYPE: "INSERT", USER_NAME: "SYSTEM" });
    await run("ALTER TASK t SUSPEND");
    await clock.advance(900_000);
    assert.equal((await history()).length, 2);
  });

  it("WHEN decides over a stream with data; what does not hold is SKIPPED", async () => {
    await run("CREATE TABLE base (a INT)");
    await run("CREATE STREAM s ON TABLE base");
    await run(
      "CREATE TASK t WAREHOUSE = w SCHEDULE = '1 MINUTE' WHEN SYSTEM$STREAM_HAS_DATA('s') AS INSERT INTO noted SELECT a FROM s",
    );
    await run("ALTER TASK t RESUME");
    await until(60, 1);
    await run("INSERT INTO base VALUES (5)");
    await until(60, 2);
    const rows = await until(60, 3);
    assert.deepEqual(
      rows.map((row) => row.STATE),
      ["SKIPPED", "SUCCEEDED", "SKIPPED"],
    );
    assert.equal(rows[0]?.CONDITION_TEXT, "SYSTEM$STREAM_HAS_DATA('s')");
    assert.deepEqual(await noted(), ["5"]);
  });

  it("a triggered task has no schedule and leaves no trace until its stream has data", async () => {
    await run("CREATE TABLE base (a INT)");
    await run("CREATE STREAM s ON TABLE base");
    await run("CREATE TASK t WAREHOUSE = w WHEN SYSTEM$STREAM_HAS_DATA('s') AS INSERT INTO noted SELECT a FROM s");
    await run("ALTER TASK t RESUME");
    await clock.advance(30_000);
    assert.deepEqual(await history(), []);
    await run("INSERT INTO base VALUES (6)");
    // A look that falls due while the one before is still under way is left out.
    for (let looks = 0; looks < 20 && (await history()).length === 0; looks++) {
      await clock.advance(30_000);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const [row] = await history();
    assert.deepEqual([row?.STATE, row?.SCHEDULED_FROM], ["SUCCEEDED", "TRIGGER"]);
    assert.deepEqual(await noted(), ["6"]);
  });

  const graph = async (tasks: Record<string, { after?: string; body: string; finalize?: string; more?: string }>) => {
    for (const [name, { after, body, finalize, more }] of Object.entries(tasks)) {
      const place = finalize ? `FINALIZE = ${finalize}` : after ? `AFTER ${after}` : "SCHEDULE = '10 MINUTE'";
      await run(`CREATE TASK ${name} WAREHOUSE = w ${more ?? ""} ${place} AS ${body}`);
      if (name !== "root") await run(`ALTER TASK ${name} RESUME`);
    }
  };

  it("a graph runs in the order of its edges, a task with two predecessors after both, the finalizer last", async () => {
    await graph({
      root: { body: note("1 root") },
      a: { after: "root", body: note("2 a") },
      b: { after: "root", body: note("2 b") },
      c: { after: "a, b", body: "INSERT INTO noted SELECT '3 c ' || COUNT(*) FROM noted" },
      fin: { finalize: "root", body: "INSERT INTO noted SELECT '4 fin ' || COUNT(*) FROM noted" },
    });
    await run("ALTER TASK root RESUME");
    const rows = await until(600, 5);
    assert.deepEqual(await noted(), ["1 root", "2 a", "2 b", "3 c 3", "4 fin 4"]);
    assert.equal(new Set(rows.map((row) => row.GRAPH_RUN_GROUP_ID)).size, 1);
    assert.equal(new Set(rows.map((row) => row.ROOT_TASK_ID)).size, 1);
  });

  it("a failure stops what is behind it, not its siblings nor the finalizer; RETRY LAST goes on from there", async () => {
    await run("CREATE TABLE flag (ok INT)");
    await graph({
      root: { body: note("root") },
      bad: { after: "root", body: "INSERT INTO noted SELECT 'bad ' || ok FROM (SELECT 1 / COUNT(*) AS ok FROM flag)" },
      good: { after: "root", body: note("good") },
      behind: { after: "bad, good", body: note("behind") },
      fin: { finalize: "root", body: note("fin") },
    });
    assert.deepEqual(await run("EXECUTE TASK root"), [{ status: "Task ROOT is scheduled to run immediately." }]);
    const rows = await until(0, 4);
    assert.deepEqual(states(rows), { ROOT: "SUCCEEDED", BAD: "FAILED", GOOD: "SUCCEEDED", FIN: "SUCCEEDED" });
    const bad = rows.find((row) => row.NAME === "BAD");
    assert.deepEqual(
      [bad?.ERROR_CODE, bad?.ERROR_MESSAGE, bad?.SCHEDULED_FROM],
      [100051, "DML operation to table NOTED failed on column V with error: Division by zero", "EXECUTE_TASK"],
    );
    await run("INSERT INTO flag VALUES (1)");
    await run("EXECUTE TASK root RETRY LAST");
    const again = (await until(0, 7)).filter((row) => row.SCHEDULED_FROM === "MANUAL RETRY");
    assert.deepEqual(states(again), { BAD: "SUCCEEDED", BEHIND: "SUCCEEDED", FIN: "SUCCEEDED" });
    assert.deepEqual(new Set(again.map((row) => row.ATTEMPT_NUMBER)), new Set([2]));
    assert.deepEqual(await noted(), ["bad 1.000000", "behind", "fin", "fin", "good", "root"]);
    const group = again[0]?.GRAPH_RUN_GROUP_ID;
    await assert.rejects(run(`EXECUTE TASK root RETRY GRAPH RUN GROUP '${group}'`), /no suitable run of graph/);
    await assert.rejects(run("EXECUTE TASK root RETRY LAST"), /no suitable run of graph with root task ROOT to retry/);
  });

  it("serverless tasks need no warehouse, a finalizer no schedule", async () => {
    await run(`CREATE TASK t SCHEDULE = '5 MINUTE' AS ${note("serverless")}`);
    await run("EXECUTE TASK t");
    const [row] = await until(0, 1);
    assert.deepEqual([row?.STATE, row?.ERROR_MESSAGE], ["SUCCEEDED", null]);
    await assert.rejects(run("CREATE TASK f SCHEDULE = '5 MINUTE' FINALIZE = t AS SELECT 1"), {
      message: "Task F cannot have a schedule and be a finalizer task.",
    });
  });

  it("TASK_DEPENDENTS lists a task and what is behind it, its finalizer too", async () => {
    await graph({
      root: { body: note("root") },
      a: { after: "root", body: note("a") },
      b: { after: "a", body: note("b") },
      fin: { finalize: "root", body: note("fin") },
    });
    const names = async (args: string) => {
      const rows = await run(`SELECT name, predecessors FROM TABLE(INFORMATION_SCHEMA.TASK_DEPENDENTS(${args}))`);
      return rows.map((row) => `${row.NAME} ${row.PREDECESSORS}`);
    };
    const near = ["ROOT []", 'A ["D.PUBLIC.ROOT"]', "FIN []"];
    assert.deepEqual(await names("'d.public.root'"), [...near, 'B ["D.PUBLIC.A"]']);
    assert.deepEqual(await names("TASK_NAME => 'root', RECURSIVE => FALSE"), near);
    assert.deepEqual(await names("task_name => 'A'"), ['A ["D.PUBLIC.ROOT"]', 'B ["D.PUBLIC.A"]']);
    await assert.rejects(names("'nowhere'"), /Task 'D.PUBLIC.NOWHERE' does not exist or not authorized./);
  });

  it("runs of graphs: the next one, what became of each attempt, and its first error", async () => {
    await run("CREATE TABLE flag (ok INT)");
    await graph({
      root: { body: note("root") },
      bad: { after: "root", body: "INSERT INTO noted SELECT 'bad ' || ok FROM (SELECT 1 / COUNT(*) AS ok FROM flag)" },
      good: { after: "root", body: note("good") },
    });
    const graphs = (name: string, args = "") =>
      run(
        `SELECT root_task_name || ' ' || state || ' ' || scheduled_from || ' ' || attempt_number || ' ' || NVL(first_error_task_name || ' ' || first_error_code, '-') AS g FROM TABLE(INFORMATION_SCHEMA.${name}(${args}))`,
      ).then((rows) => rows.map((row) => row.G));
    assert.deepEqual(await graphs("CURRENT_TASK_GRAPHS"), []);
    await run("ALTER TASK root RESUME");
    assert.deepEqual(await graphs("CURRENT_TASK_GRAPHS"), ["ROOT SCHEDULED SCHEDULE 1 -"]);
    await until(600, 3);
    const failed = "ROOT FAILED SCHEDULE 1 BAD 100051";
    assert.deepEqual(await graphs("COMPLETE_TASK_GRAPHS"), [failed]);
    await run("INSERT INTO flag VALUES (1)");
    await run("EXECUTE TASK root RETRY LAST");
    await until(0, 4);
    const retried = "ROOT SUCCEEDED MANUAL RETRY 2 -";
    assert.deepEqual((await graphs("COMPLETE_TASK_GRAPHS", "root_task_name => 'root'")).sort(), [failed, retried]);
    assert.deepEqual(await graphs("COMPLETE_TASK_GRAPHS", "error_only => true"), [failed]);
    assert.deepEqual(await graphs("COMPLETE_TASK_GRAPHS", "root_task_name => 'good'"), []);
    assert.equal((await graphs("COMPLETE_TASK_GRAPHS", "result_limit => 1")).length, 1);
    await run("ALTER TASK root SUSPEND");
    await clock.advance(3_601_000);
    assert.deepEqual(await graphs("COMPLETE_TASK_GRAPHS"), []);
  });

  it("a suspended child counts as done", async () => {
    await graph({
      root: { body: note("root") },
      mid: { after: "root", body: note("mid") },
      end: { after: "mid", body: note("end") },
    });
    await run("ALTER TASK mid SUSPEND");
    await run("EXECUTE TASK root");
    await until(0, 2);
    assert.deepEqual(await noted(), ["end", "root"]);
  });

  it("TASK_AUTO_RETRY_ATTEMPTS runs failed tasks again; failures in a row suspend the root", async () => {
    await graph({
      root: { body: "SELECT 1 / 0", more: "TASK_AUTO_RETRY_ATTEMPTS = 1 SUSPEND_TASK_AFTER_NUM_FAILURES = 2" },
    });
    await run("ALTER TASK root RESUME");
    await until(600, 2);
    const rows = await until(600, 4);
    assert.deepEqual(
      rows.map((row) => [row.STATE, row.SCHEDULED_FROM, row.ATTEMPT_NUMBER]),
      [
        ["FAILED", "SCHEDULE", 1],
        ["FAILED", "AUTOMATIC RETRY", 2],
        ["FAILED", "SCHEDULE", 1],
        ["FAILED_AND_AUTO_SUSPENDED", "AUTOMATIC RETRY", 2],
      ],
    );
    for (let i = 0; (await run("SHOW TASKS"))[0]?.state !== "suspended"; i++) assert.ok(i < 200);
    assert.equal((await run("SHOW TASKS"))[0]?.last_suspended_reason, "SUSPENDED_DUE_TO_ERRORS");
  });

  it("tell their statements the configuration, return values of predecessors and the run they belong to", async () => {
    await run(`CREATE TASK root WAREHOUSE = w SCHEDULE = '10 MINUTE' CONFIG = '{"env":"prod","out":{"a":1,"b":2}}' AS
      CALL SYSTEM$SET_RETURN_VALUE('from root')`);
    await graph({
      child: {
        after: "root",
        body: `BEGIN
          LET got VARCHAR := (SELECT SYSTEM$GET_PREDECESSOR_RETURN_VALUE('ROOT'));
          INSERT INTO noted SELECT :got || ' ' || SYSTEM$GET_TASK_GRAPH_CONFIG('env') || ' ' || SYSTEM$GET_TASK_GRAPH_CONFIG('out.b') || ' ' || SYSTEM$TASK_RUNTIME_INFO('CURRENT_TASK_NAME');
        END`,
      },
    });
    await run(`EXECUTE TASK root USING CONFIG = $$\{"out":{"b":7}}$$`);
    const rows = await until(0, 2);
    assert.deepEqual(await noted(), ["from root prod 7 D.PUBLIC.CHILD"]);
    const root = rows.find((row) => row.NAME === "ROOT");
    assert.equal(root?.RETURN_VALUE, "from root");
    assert.deepEqual(JSON.parse(String(root?.CONFIG)), { env: "prod", out: { a: 1, b: 7 } });
    await assert.rejects(run("SELECT SYSTEM$GET_TASK_GRAPH_CONFIG()"), /must be called from within a task/);
  });

  it("a run that takes longer than USER_TASK_TIMEOUT_MS is canceled", async () => {
    await run("CREATE TASK t WAREHOUSE = w SCHEDULE = '10 MINUTE' USER_TASK_TIMEOUT_MS = 1000 AS CALL SYSTEM$WAIT(60)");
    await run("EXECUTE TASK t");
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [row] = await until(5, 1);
    assert.deepEqual([row?.STATE, row?.ERROR_CODE], ["FAILED", 630]);
  });

  it("EXECUTE TASK needs OPERATE and a root; graphs get new versions when they change", async () => {
    await graph({ root: { body: note("root") }, child: { after: "root", body: note("child") } });
    await assert.rejects(run("EXECUTE TASK child"), /cannot be called on non-root task D\.PUBLIC\.CHILD/);
    await run("EXECUTE TASK root");
    await until(0, 2);
    await run("ALTER TASK child MODIFY AS SELECT 2");
    await run("EXECUTE TASK root");
    const rows = await until(0, 4);
    assert.deepEqual(
      rows
        .filter((row) => row.NAME === "ROOT")
        .map((row) => row.GRAPH_VERSION)
        .sort(),
      [1, 2],
    );
    await run("CREATE ROLE stranger");
    await run("GRANT ROLE stranger TO USER admin");
    for (const grant of ["USAGE ON DATABASE d", "USAGE ON SCHEMA d.public", "MONITOR ON TASK root"])
      await run(`GRANT ${grant} TO ROLE stranger`);
    const guest = await connect(server, { role: "STRANGER", database: "D", schema: "PUBLIC" });
    await query(guest, "USE SECONDARY ROLES NONE");
    await assert.rejects(query(guest, "EXECUTE TASK root"), { code: "003001" });
    const seen = await query(guest, "SELECT DISTINCT NAME FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY())");
    assert.deepEqual(seen, [{ NAME: "ROOT" }]);
    await disconnect(guest);
  });

  it("SYSTEM$TASK_DEPENDENTS_ENABLE resumes a whole graph; history is kept over TASK_NAME, ROOT_TASK_ID and ERROR_ONLY", async () => {
    await run("CREATE TASK root WAREHOUSE = w SCHEDULE = '10 MINUTE' AS SELECT 1");
    await run("CREATE TASK child WAREHOUSE = w AFTER root AS SELECT 1 / 0");
    await run("SELECT SYSTEM$TASK_DEPENDENTS_ENABLE('d.public.root')");
    assert.deepEqual(
      (await run("SHOW TASKS")).map((row) => row.state),
      ["started", "started"],
    );
    const rows = await until(600, 2);
    const of = async (args: string) =>
      (await run(`SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY(${args}))`)).map(
        (r) => `${r.NAME} ${r.STATE}`,
      );
    assert.deepEqual(await of("ERROR_ONLY => TRUE"), ["CHILD FAILED"]);
    assert.deepEqual(await of("TASK_NAME => 'root', RESULT_LIMIT => 5"), ["ROOT SCHEDULED", "ROOT SUCCEEDED"]);
    assert.equal((await of(`ROOT_TASK_ID => '${rows[0]?.ROOT_TASK_ID}'`)).length, 3);
  });
});
