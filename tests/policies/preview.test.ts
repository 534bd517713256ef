import assert from "node:assert/strict";
import { connect, disconnect, query } from "../local/support";
import { type Outcome, PackRunner } from "./support";

/** What each program must be told, word for word. */
const STOPPED: Record<string, string[]> = {
  tt01: [
    "[TT01] users: Creates the table CLAUDE_BI.MCP.USERS: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
    "[TT01] hidden: execute line 5, column 16: Creates the table CLAUDE_BI.MCP.SCRATCH: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS. (in procedure CLAUDE_BI.MCP.HELPER)",
    "CREATE TABLE CLAUDE_BI.MCP.SCRATCH (A INT);",
    "Instead: Make it a view over the events table, or write what it would hold as events.",
  ],
  tt02: ["[TT02] events: CLAUDE_BI.ACTIVITY.EVENTS is one of the two tables, and this makes a view of it."],
  tt03: [
    "[TT03] purge: execute line 1, column 13: Deletes rows of CLAUDE_BI.LANDING.RAW_EVENTS, which is append-only.",
  ],
  tt04: [
    "[TT04] slowEvents: execute line 2, column 3: The lag of the events table is '1 hour'; it must be 60 seconds.",
  ],
  tt05: [
    "[TT05] fullRefresh: execute line 6, column 11: UUID_STRING is not deterministic and does not refresh incrementally. AS SELECT UUID_STRING() AS EVENT_ID, PARSED(PAYLOAD) AS PAYLOAD FROM CLAUDE_BI.LANDING.RAW_EVENTS Instead: Derive the id from the row,",
    "fullRefresh: [TT05] execute line 6: PARSED is not one of Snowflake's functions: whether it refreshes incrementally depends on its definition.",
  ],
  tt06: [
    "[TT06] runner: procedureDefinition line 2, column 3: EXECUTE IMMEDIATE of a text that is only known at run time.",
  ],
  tt07: [
    "[TT07] builders: Grants CREATE TABLE on schema CLAUDE_BI.MCP to role MCP_ADMIN_ROLE; only TWO_TABLE_DEPLOYER may have it.",
  ],
  tt08: ["[TT08] producers: Grants INSERT on the landing table to MCP_INGEST_ROLE."],
  tt09: [
    "[TT09] big: The warehouse is LARGE; it must be X-Small.",
    "[TT09] big: AUTO_SUSPEND is 600; at most 60 seconds are allowed.",
  ],
  tt10: ["[TT10] grantMyself: execute line 1, column 65: Writes the reserved action 'system.permission.granted'."],
  tt11: [
    "[TT11] typo: execute line 1, column 19: This SQL cannot be read: syntax error line 1 at position 18 unexpected 'TABEL'.",
  ],
  tt12: ["[TT12] bob: execute line 1, column 17: PASSWORD stands in the text."],
};

describe("pulumi preview with the policy pack", function () {
  this.timeout(300_000);
  let runner: PackRunner;

  before(async () => {
    runner = await PackRunner.start();
  });

  after(() => runner?.close());

  describe("of programs that break the rules", () => {
    let outcome: Outcome;

    before(async () => {
      outcome = await runner.preview("violations");
    });

    for (const [program, messages] of Object.entries(STOPPED)) {
      it(`tells what ${program} breaks`, () => {
        for (const message of messages)
          assert.ok(flat(outcome.output).includes(message), `missing: ${message}\n${outcome.output}`);
      });
    }

    it("fails", () => {
      assert.notEqual(outcome.exitCode, 0);
    });

    it("shows no secret in what it says", () => {
      assert.ok(!outcome.output.includes("Never.Write.This.1"));
    });
  });

  it("tells what only shows over several resources", async () => {
    const { exitCode, output } = await runner.preview("together");
    assert.notEqual(exitCode, 0, output);
    for (const message of [
      "[TT01] small: Creates the table CLAUDE_BI.MCP.T: CLAUDE_BI holds exactly two tables, LANDING.RAW_EVENTS and ACTIVITY.EVENTS.",
      "[TT02] The landing table CLAUDE_BI.LANDING.RAW_EVENTS is missing. Instead: Declare it as a plain table.",
      "[TT05] prepared: statement line 2, column 3: UUID_STRING is not deterministic and does not refresh incrementally. The events table reads this view. UUID_STRING() AS EVENT_ID,",
    ])
      assert.equal(mentions({ exitCode, output }, message), 1, `${message}\n${output}`);
    // Which of the two comes first is the engine's choice.
    assert.match(
      flat(output),
      /\[TT02\] (first|second): execute line 1, column 1: The events table is declared a second time; the first is in (?!\1)(first|second)\./,
    );
  });

  it("reads what comes by components, transforms, outputs, secrets and other providers, and what stands beside unknowns", async () => {
    const { exitCode, output } = await runner.preview("indirect");
    assert.notEqual(exitCode, 0, output);
    const made = "Creates the table CLAUDE_BI.MCP";
    for (const message of [
      `[TT01] changedTable: ${made}.INNER:`,
      `[TT01] changedExecute: execute line 1, column 14: ${made}.T:`,
      `[TT01] aliased: ${made}.A:`,
      `[TT01] byProvider: ${made}.B:`,
      `[TT01] applied: execute line 1, column 14: ${made}.T:`,
      `[TT01] secret: execute line 1, column 14: ${made}.T:`,
      `[TT01] besideUnknown: execute line 1, column 14: ${made}.T:`,
      "[TT01] ofUnknown: Creates the dynamic table CLAUDE_BI.MCP.D:",
      "[TT07] withUnknown: Grants CREATE TABLE on schema CLAUDE_BI.MCP to role R; only TWO_TABLE_DEPLOYER may have it.",
      "besideUnknown: `revert` is not known yet; the law reads it at the update, before anything runs.",
      "withUnknown: `privileges` is not known yet; the law reads it at the update, before anything runs.",
      "ofUnknown: `query` is not known yet; the law reads it at the update, before anything runs.",
    ])
      assert.equal(mentions({ exitCode, output }, message), 1, `${message}\n${output}`);
    assert.ok(!output.includes("[TT11]"), output);
  });

  it("does as it is configured: levels, and resources that a rule leaves alone", async () => {
    const others = Object.fromEntries(Object.keys(STOPPED).map((program) => [program, "disabled"]));
    const { exitCode, output } = await runner.preview("violations", {
      config: { ...others, tt01: { allow: ["users", "hidden", "nobody"] }, tt09: "advisory" },
    });
    assert.equal(exitCode, 0, output);
    assert.ok(flat(output).includes("[TT09] big: The warehouse is LARGE; it must be X-Small."), output);
    assert.ok(!/\[TT(?!09|05\]|01\] (allowed|exception unused))/.test(output), output);
    const reason = "the configuration leaves it alone: Creates the table CLAUDE_BI.MCP";
    for (const told of [
      `users: [TT01] allowed because ${reason}.USERS:`,
      `hidden: [TT01] allowed because ${reason}.SCRATCH:`,
      "nobody: [TT01] exception unused: nothing there breaks the rule (the configuration leaves nobody alone)",
    ])
      assert.equal(mentions({ exitCode, output }, told), 1, `${told}\n${output}`);
  });

  it("governs the database that it is told", async () => {
    const { exitCode, output } = await runner.preview("lawful", {
      config: { law: { database: "other_db", landingTable: "public.raw", eventsTable: "PUBLIC.EVENTS" } },
    });
    assert.notEqual(exitCode, 0, output);
    assert.ok(
      flat(output).includes(
        "[TT01] elsewhere: Creates the table OTHER_DB.PUBLIC.T: OTHER_DB holds exactly two tables, PUBLIC.RAW and PUBLIC.EVENTS.",
      ),
      output,
    );
  });

  it("stops at a configuration that it cannot follow, and tells all that is wrong with it", async () => {
    const { exitCode, output } = await runner.preview("lawful", {
      config: { law: { databse: "OTHER_DB", landingTable: "RAW" } },
    });
    assert.notEqual(exitCode, 0, output);
    for (const problem of [
      "two-table-law: databse is no setting; there are database, landingTable,",
      'two-table-law: landingTable is "RAW"; expected SCHEMA.NAME, such as LANDING.RAW_EVENTS.',
    ])
      assert.ok(flat(output).includes(problem), output);
  });

  it("lets a lawful program pass without a word", async () => {
    const { exitCode, output } = await runner.preview("lawful");
    assert.equal(exitCode, 0, output);
    assert.ok(!output.includes("[TT"), output);
  });

  it("names what is not known yet, and stops it at the update before it runs", async () => {
    const preview = await runner.preview("unknown");
    assert.equal(preview.exitCode, 0, preview.output);
    assert.equal(
      mentions(preview, "bad: `execute` is not known yet; the law reads it at the update, before anything runs."),
      1,
    );
    assert.equal(
      mentions(preview, "ok: `execute` is not known yet; the law reads it at the update, before anything runs."),
      1,
    );

    const connection = await connect(runner.server);
    await query(connection, "CREATE DATABASE CLAUDE_BI");
    await query(connection, "CREATE SCHEMA CLAUDE_BI.MCP");
    const update = await runner.up("unknown");
    assert.notEqual(update.exitCode, 0, update.output);
    assert.ok(
      flat(update.output).includes("[TT01] bad: execute line 1, column 14: Creates the table CLAUDE_BI.MCP.T"),
      update.output,
    );
    assert.deepEqual(await query(connection, "SHOW TABLES IN DATABASE CLAUDE_BI"), []);
    assert.equal((await query(connection, "SHOW VIEWS LIKE 'V' IN SCHEMA CLAUDE_BI.MCP")).length, 1);
    await disconnect(connection);
  });
});

const flat = (output: string): string => output.replace(/\s+/g, " ");

const mentions = ({ output }: Outcome, sentence: string): number => flat(output).split(sentence).length - 1;
