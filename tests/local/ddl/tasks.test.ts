import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Tasks", () => {
  const { run, refused, rows } = freshSchema();

  describe("a graph of tasks", () => {
    const task = (name: string, more = "") => run(`create task ${name} warehouse = COMPUTE_WH ${more} as select 1`);
    const refusedTask = (sql: string, message: string) => refused(sql, "091089", message);

    it("may hold a cycle while it is suspended, and does not start with one", async () => {
      await task("X1", "schedule = '10 MINUTE'");
      await task("X2", "after X1");
      await task("X3", "after X2");
      await run("alter task X2 add after X3");
      await run("alter task X3 resume");
      const cycle = "Graph has at least one cycle containing task D.S.X2.";
      await refusedTask("alter task X1 resume", cycle);
      await run("alter task X2 remove after X3");
      await run("alter task X1 resume");
    });

    it("says why a task stands still: its owner changed, its schema was dropped, somebody suspended it", async () => {
      const reasons = () =>
        rows(
          'show tasks in schema D.LOST ->> select * from $1 order by "name"',
          "name",
          "state",
          "last_suspended_reason",
        );
      await run("create schema LOST");
      await run("create role NEXT");
      await task("D.LOST.A", "schedule = '10 MINUTE'");
      await task("D.LOST.B", "after D.LOST.A");
      await task("D.LOST.N", "schedule = '10 MINUTE'");
      await run("select system$task_dependents_enable('D.LOST.A')");
      await run("drop schema D.LOST");
      await run("undrop schema D.LOST");
      assert.deepEqual(await reasons(), [
        "A suspended SCHEMA_OR_DATABASE_DELETED",
        "B suspended SCHEMA_OR_DATABASE_DELETED",
        "N suspended null",
      ]);
      await run("select system$task_dependents_enable('D.LOST.A')");
      assert.deepEqual(await reasons(), ["A started null", "B started null", "N suspended null"]);
      await run("grant ownership on all tasks in schema D.LOST to role NEXT copy current grants");
      assert.deepEqual(await reasons(), [
        "A suspended GRANT_OWNERSHIP",
        "B suspended GRANT_OWNERSHIP",
        "N suspended null",
      ]);
      assert.equal(
        (await rows("show tasks in schema D.LOST", "last_suspended_on")).filter((at) => at !== "null").length,
        2,
      );
      await run("drop schema D.LOST");
      await run("use schema D.S");
    });

    it("has one root, which is seen when it starts", async () => {
      await task("R1", "schedule = '10 MINUTE'");
      await task("R2", "schedule = '10 MINUTE'");
      await task("BOTH", "after R1, R2");
      const message = "The graph has more than one root task (one without predecessors).";
      await refusedTask("alter task R1 resume", message);
      await refusedTask("alter task R2 resume", message);
      await run("alter task BOTH remove after R2");
      await run("alter task R1 resume");
      await refusedTask(
        "alter task BOTH set comment = 'c'",
        "Unable to update graph with root task D.S.R1 since that root task is not suspended.",
      );
    });

    it("has its schedule, configuration and overlap at the root alone", async () => {
      await task("R", "schedule = '10 MINUTE'");
      await task("C", "after R");
      for (const [more, message] of [
        ["schedule = '5 MINUTE'", "Task C cannot have both a schedule and a predecessor."],
        ["config = '{}'", "Task D.S.C cannot both be a non-root task and have a config."],
        ["allow_overlapping_execution = true", "Cannot set allow_overlapping_execution on non-root task D.S.C."],
      ] as const) {
        await refusedTask(`alter task C set ${more}`, message);
        await refusedTask(`create or replace task C warehouse = COMPUTE_WH ${more} after R as select 1`, message);
      }
      await run("alter task R set allow_overlapping_execution = true");
      await task("ALONE", "schedule = '10 MINUTE'");
      await refusedTask("alter task ALONE add after R", "Task ALONE cannot have both a schedule and a predecessor.");
    });

    it("is of one schema, and no task runs after itself or after a finalizer", async () => {
      await task("R", "schedule = '10 MINUTE'");
      await task("C", "after R");
      await task("F", "finalize = R");
      await refusedTask("alter task C add after C", "Task C cannot use itself as its predecessor.");
      await refusedTask("alter task C add after F", "Task D.S.F cannot have children as a finalizer task.");
      await refusedTask(
        "create task G warehouse = COMPUTE_WH finalize = C as select 1",
        "Task D.S.G cannot finalize a non-root task D.S.C.",
      );
      await run("create schema D.OTHER");
      await refusedTask(
        "create task C warehouse = COMPUTE_WH after D.S.R as select 1",
        "Cannot have predecessor R from a different schema.",
      );
    });
  });

  describe("a graph changes while its root is suspended", () => {
    const notSuspended = "Unable to update graph with root task D.S.G_ROOT since that root task is not suspended.";
    const create = (name: string, more: string) => run(`create task ${name} ${more} as select 1`);

    async function graph() {
      await create("G_ROOT", "schedule = '1 HOUR'");
      await create("G_CHILD", "after G_ROOT");
      await create("G_LAST", "finalize = G_ROOT");
      await create("G_ALONE", "");
      for (const name of ["G_CHILD", "G_LAST"]) await run(`alter task ${name} resume`);
    }

    it("a task of a started graph is neither replaced, joined nor dropped", async () => {
      await graph();
      await run("alter task G_ROOT resume");
      for (const sql of [
        "drop task G_ROOT",
        "drop task G_CHILD",
        "drop task G_LAST",
        "alter task G_LAST set comment = 'c'",
        "alter task G_CHILD remove after G_ROOT",
        "create or replace task G_ROOT schedule = '1 HOUR' as select 2",
        "create or replace task G_CHILD after G_ROOT as select 2",
        "create task G_NEW after G_ROOT as select 2",
      ]) {
        await refused(sql, "091089", notSuspended);
      }
    });

    it("what takes a task's place keeps its children and its finalizer", async () => {
      await graph();
      await run("create or replace task G_ROOT schedule = '2 HOURS' as select 2");
      assert.deepEqual(await rows("show tasks like 'G_%'", "name", "task_relations"), [
        'G_ALONE {"Predecessors":[]}',
        'G_CHILD {"Predecessors":["D.S.G_ROOT"]}',
        'G_LAST {"FinalizedRootTask":"D.S.G_ROOT","Predecessors":[]}',
        'G_ROOT {"Predecessors":[],"FinalizerTask":"D.S.G_LAST"}',
      ]);
      await refused(
        "create or replace task G_ROOT after G_ALONE as select 2",
        "091089",
        "Cannot replace task D.S.G_ROOT with a non-root task because it has a finalizer task. Please remove the finalizer task first.",
      );
      await refused(
        "create or replace task G_ROOT finalize = G_ALONE as select 2",
        "091089",
        "Task D.S.G_ROOT cannot have children as a finalizer task.",
      );
    });

    it("children and finalizer of a task that is dropped become roots and stand still", async () => {
      await graph();
      await run("drop task G_ROOT");
      assert.deepEqual(await rows("show tasks like 'G_%' root only", "name", "state", "last_suspended_reason"), [
        "G_ALONE suspended null",
        "G_CHILD suspended CHILD_BECAME_ROOT",
        "G_LAST suspended FINALIZER_BECAME_ROOT",
      ]);
    });

    it("a started task that stands alone is dropped", async () => {
      await create("G_ROOT", "schedule = '1 HOUR'");
      await run("alter task G_ROOT resume");
      await run("create or replace task G_ROOT schedule = '1 HOUR' as select 2");
      await run("alter task G_ROOT resume");
      await run("drop task G_ROOT");
    });

    it("FINALIZE names its root as text too", async () => {
      await create("G_ROOT", "schedule = '1 HOUR'");
      await create("G_LAST", "");
      await run("alter task G_LAST set finalize = 'g_root'");
      assert.deepEqual(await rows("show tasks like 'G_LAST'", "task_relations"), [
        '{"FinalizedRootTask":"D.S.G_ROOT","Predecessors":[]}',
      ]);
    });
  });

  it("a schedule is shown as it was written", async () => {
    for (const written of ["10 MINUTES", "2 hours", "30 SECONDS", "using cron 0 5 * * * UTC"]) {
      await run(`create or replace task X_WRITTEN warehouse = COMPUTE_WH schedule = '${written}' as select 1`);
      assert.deepEqual(await rows("show tasks like 'X_WRITTEN'", "schedule"), [written]);
    }
    await refused(
      "create or replace task X_WRITTEN schedule = '9 SECONDS' as select 1",
      "001008",
      "SQL compilation error:\nCannot set schedule less than 10 seconds.",
    );
  });

  it("a task shows the parameters of its session beside its own", async () => {
    await run("create task X_PARAMETERS warehouse = COMPUTE_WH week_start = 1 as select 1");
    const shown = async (pattern: string) =>
      rows(`show parameters like '${pattern}' in task X_PARAMETERS`, "key", "value", "level");
    assert.deepEqual(await shown("WEEK%"), ["WEEK_OF_YEAR_POLICY 0 ", "WEEK_START 1 TASK"]);
    assert.deepEqual(await shown("USER_TASK_TIMEOUT_MS"), ["USER_TASK_TIMEOUT_MS 3600000 "]);
  });

  describe("parameters of a task", () => {
    const serverless = (name: string, more: string) =>
      run(`create task ${name} schedule = '1 HOUR' ${more} as select 1`);
    const refusedTask = (more: string, message: string, code = "091089") =>
      refused(`create task X_REFUSED schedule = '1 HOUR' ${more} as select 1`, code, message);

    it("sizes of a serverless task are shown, known and in their order", async () => {
      await serverless("X_SIZES", "serverless_task_min_statement_size = 'small'");
      const shown = () =>
        rows("show parameters like 'SERVERLESS%' in task X_SIZES", "key", "value", "default", "level");
      assert.deepEqual(await shown(), [
        "SERVERLESS_TASK_MAX_STATEMENT_SIZE XXLARGE XXLARGE ",
        "SERVERLESS_TASK_MIN_STATEMENT_SIZE SMALL XSMALL TASK",
      ]);
      await run("alter task X_SIZES unset serverless_task_min_statement_size");
      assert.equal((await shown())[1], "SERVERLESS_TASK_MIN_STATEMENT_SIZE XSMALL XSMALL ");
      for (const name of [
        "SERVERLESS_TASK_MIN_STATEMENT_SIZE",
        "SERVERLESS_TASK_MAX_STATEMENT_SIZE",
        "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE",
      ]) {
        for (const size of ["HUGE", "XXXLARGE"]) {
          const message = `SQL compilation error:\ninvalid value [${size}] for parameter '${name}'`;
          await refusedTask(`${name} = '${size}'`, message, "001008");
          await refused(`alter schema D.S set ${name} = '${size}'`, "001008", message);
        }
        await refusedTask(`warehouse = COMPUTE_WH ${name} = 'SMALL'`, `Cannot set ${name} on a non-serverless task.`);
      }
      await refusedTask(
        "serverless_task_min_statement_size = 'LARGE' serverless_task_max_statement_size = 'SMALL'",
        "SERVERLESS_TASK_MIN_STATEMENT_SIZE (LARGE) cannot be greater than SERVERLESS_TASK_MAX_STATEMENT_SIZE (SMALL).",
      );
      await run("alter task X_SIZES set serverless_task_min_statement_size = 'LARGE'");
      await refused(
        "alter task X_SIZES set user_task_managed_initial_warehouse_size = 'SMALL'",
        "091089",
        "USER_TASK_MANAGED_INITIAL_WAREHOUSE_SIZE (SMALL) cannot be less than SERVERLESS_TASK_MIN_STATEMENT_SIZE (LARGE).",
      );
    });

    it("a completion interval lasts from ten seconds to a day and is shown as it was written", async () => {
      await serverless("X_INTERVAL", "target_completion_interval = '600 second'");
      assert.deepEqual(await rows("show tasks like 'X_INTERVAL'", "target_completion_interval"), ["600 second"]);
      for (const wrong of ["9 SECOND", "86401 SECOND", "25 HOURS", "10 MIN", "soon"]) {
        const message = `SQL compilation error:\ninvalid value [${wrong}] for parameter 'TARGET_COMPLETION_INTERVAL'`;
        await refusedTask(`target_completion_interval = '${wrong}'`, message, "001008");
        await refused(`alter task X_INTERVAL set target_completion_interval = '${wrong}'`, "001008", message);
      }
      await run("alter task X_INTERVAL set target_completion_interval = '24 H'");
    });

    it("none runs without autocommit or with a search path", async () => {
      const message = (what: string) =>
        `The parameter ${what} is not supported with Tasks. Remove the parameter and try again.`;
      await refusedTask("autocommit = false", message("AUTOCOMMIT = false"));
      await refusedTask("search_path = '$current'", message("SEARCH_PATH"));
      await serverless("X_AUTOCOMMIT", "autocommit = true");
      await refused("alter task X_AUTOCOMMIT set autocommit = false", "091089", message("AUTOCOMMIT = false"));
    });

    it("retries are the root's", async () => {
      const message = (name: string) =>
        `Cannot set parameter TASK_AUTO_RETRY_ATTEMPTS on non-root task ${name}. Non-root tasks use the parameter setting from their root task. Please set this on the root task for this task instead.`;
      await serverless("X_ROOT", "task_auto_retry_attempts = 2");
      await run("create task X_CHILD after X_ROOT as select 1");
      await refused("alter task X_CHILD set task_auto_retry_attempts = 2", "091089", message("X_CHILD"));
      await refused(
        "create task X_OTHER task_auto_retry_attempts = 2 after X_ROOT as select 1",
        "091089",
        message("X_OTHER"),
      );
      await run("alter task X_CHILD set comment = 'c'");
    });

    it("a child that becomes a root is suspended, and says why", async () => {
      await serverless("X_FIRST", "");
      await run("create task X_SECOND after X_FIRST as select 1");
      await run("alter task X_SECOND resume");
      await run("alter task X_SECOND remove after X_FIRST");
      assert.deepEqual(await rows("show tasks like 'X_SECOND'", "state", "last_suspended_reason"), [
        "suspended CHILD_BECAME_ROOT",
      ]);
      await run("create task X_LAST finalize = X_FIRST as select 1");
      await run("alter task X_LAST resume");
      await run("alter task X_LAST unset finalize");
      assert.deepEqual(await rows("show tasks like 'X_LAST'", "state", "last_suspended_reason"), [
        "suspended FINALIZER_BECAME_ROOT",
      ]);
    });
  });
});
