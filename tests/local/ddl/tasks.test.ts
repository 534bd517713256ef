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
});
