import assert from "node:assert/strict";
import { freshSchema } from "../ddl/freshSchema";

describe("Pipes", () => {
  const { run, status, refused, rows } = freshSchema();

  beforeEach(async () => {
    await run("create table T (A number)");
    await run("create stage ST");
  });

  const state = async (name: string) => {
    const [row] = await run(`select system$pipe_status('${name}') as STATUS`);
    return JSON.parse(String(row?.["STATUS"])) as Record<string, unknown>;
  };

  it("are created, listed, described, changed and dropped, with the COPY statement as it was written", async () => {
    assert.equal(
      await status("create pipe P comment = 'c' as copy into T\nfrom @ST pattern = '.*[.]csv'"),
      "Pipe P successfully created.",
    );
    for (const sql of ["show pipes", "describe pipe P"]) {
      assert.deepEqual(
        await rows(sql, "name", "definition", "owner", "comment", "pattern", "kind", "notification_channel"),
        ["P copy into T\nfrom @ST pattern = '.*[.]csv' ACCOUNTADMIN c .*[.]csv STAGE null"],
      );
    }
    assert.deepEqual(await rows("select * from information_schema.pipes", "PIPE_NAME", "IS_AUTOINGEST_ENABLED"), [
      "P NO",
    ]);
    await run("alter pipe P set comment = 'd'");
    assert.deepEqual(await rows("show pipes like 'p'", "comment"), ["d"]);
    await run("alter pipe P unset comment");
    assert.deepEqual(await rows("show pipes in schema D.S", "comment"), [""]);
    assert.equal(await status("drop pipe P"), "P successfully dropped.");
    await refused("describe pipe P", "002003", "SQL compilation error:\nPipe 'P' does not exist or not authorized.");
  });

  it("tell whether they run, are paused, or lost what they load from or into", async () => {
    await run("create pipe P as copy into T from @ST");
    assert.deepEqual(await state("P"), { executionState: "RUNNING", pendingFileCount: 0 });
    await run("alter pipe P set pipe_execution_paused = true");
    assert.equal((await state("D.S.P"))["executionState"], "PAUSED");
    await run("alter pipe P unset pipe_execution_paused");
    await run("drop stage ST");
    assert.equal((await state("P"))["executionState"], "STOPPED_STAGE_DROPPED");
    await run("drop table T");
    assert.equal((await state("P"))["executionState"], "STOPPED_MISSING_TABLE");
    assert.notDeepEqual(await rows("show pipes", "invalid_reason"), ["null"]);
  });

  it("pass to another owner only while they are paused", async () => {
    await run("create pipe P as copy into T from @ST");
    await refused(
      "grant ownership on pipe P to role SYSADMIN",
      "003540",
      "SQL execution error:\nPipe P not in paused state. To pause pipe run ALTER PIPE P SET PIPE_EXECUTION_PAUSED=true",
    );
    await run("alter pipe P set pipe_execution_paused = true");
    await run("grant ownership on pipe P to role SYSADMIN");
    assert.deepEqual(await rows("show pipes", "owner"), ["SYSADMIN"]);
    await refused(
      "alter pipe P set pipe_execution_paused = false",
      "003540",
      "SQL execution error:\nPipe P cannot be resumed as ownership had changed. Resuming pipe may load files inserted by previous owner into table. To forceresume pipe use SYSTEM$PIPE_FORCE_RESUME('P')",
    );
    await run("select system$pipe_force_resume('P')");
    assert.equal((await state("P"))["executionState"], "RUNNING");
    await run("grant monitor, operate on pipe P to role PUBLIC");
    assert.deepEqual(await rows("show grants on pipe P", "privilege", "grantee_name"), [
      "MONITOR PUBLIC",
      "OPERATE PUBLIC",
      "OWNERSHIP SYSADMIN",
    ]);
    await run("grant operate on future pipes in schema D.S to role PUBLIC");
  });

  it("name what is missing in their COPY, and refuse by name what no cloud can tell them here", async () => {
    await refused(
      "create pipe P as copy into T from @NOWHERE",
      "002003",
      "SQL compilation error:\nStage 'D.S.NOWHERE' does not exist or not authorized.",
    );
    for (const [sql, feature] of [
      ["create pipe P auto_ingest = true as copy into T from @ST", "AUTO_INGEST of a pipe"],
      ["create pipe P error_integration = X as copy into T from @ST", "ERROR_INTEGRATION of a pipe"],
      ["create pipe P as copy into T from @ST purge = true", "PURGE of a pipe"],
      ["create pipe P as copy into T from @ST on_error = abort_statement", "ON_ERROR = ABORT_STATEMENT of a pipe"],
      ["create pipe P as copy into T from @~", "pipe from the stage of a user"],
      ["create or alter pipe P as copy into T from @ST", "CREATE OR ALTER PIPE"],
    ] as const) {
      await refused(sql, "000002", `Unsupported feature '${feature}'.`);
    }
    await run("create pipe P auto_ingest = false as copy into T from @ST");
    await refused("alter pipe P refresh", "000002", "Unsupported feature 'ALTER PIPE … REFRESH'.");
  });

  it("of any owner are shown, with their state, to who manages grants", async () => {
    for (const sql of [
      "create role PIPER",
      "create pipe P as copy into T from @ST",
      "alter pipe P set pipe_execution_paused = true",
      "grant ownership on pipe P to role PIPER",
      "use secondary roles none",
    ])
      await run(sql);
    assert.deepEqual(await rows("show pipes in schema D.S", "owner"), ["PIPER"]);
    assert.deepEqual(await rows("select system$pipe_status('D.S.P') as STATE", "STATE"), [
      '{"executionState":"PAUSED","pendingFileCount":0}',
    ]);
    await run("use secondary roles all");
  });

  it("do not come along when their schema is cloned, for its stages come without files", async () => {
    await run("create pipe P as copy into T from @ST");
    await run("create schema D.CLONED clone D.S");
    assert.deepEqual(await rows("show pipes in database D", "schema_name"), ["S"]);
  });
});
