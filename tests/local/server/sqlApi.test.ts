import assert from "node:assert/strict";
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { sqlApi } from "./sqlApiClient";

describe("The SQL API", () => {
  const api = sqlApi();
  const { call, post, rowsOf } = api;

  it("answers a statement with a ResultSet, in the user's default role, warehouse and schema", async () => {
    const { status, body, response } = await post({
      statement: "select current_role() as R, 2.50::number(5, 2) as N, current_schema() as S",
    });
    assert.equal(status, 200);
    const { statementHandle: handle, statementStatusUrl, createdOn, requestId, ...rest } = body;
    assert.match(requestId, /^[0-9a-f-]{36}$/);
    assert.match(handle, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.match(statementStatusUrl, new RegExp(`^/api/v2/statements/${handle}\\?requestId=[0-9a-f-]{36}$`));
    assert.ok(Math.abs(Date.now() - createdOn) < 60_000);
    assert.deepEqual(rest, {
      resultSetMetaData: {
        numRows: 1,
        format: "jsonv2",
        partitionInfo: [{ rowCount: 1, uncompressedSize: 28 }],
        rowType: [
          { name: "R", database: "", schema: "", table: "", nullable: false, type: "text", precision: null, scale: null, length: 16777216, byteLength: 16777216, collation: null },
          { name: "N", database: "", schema: "", table: "", nullable: false, type: "fixed", precision: 5, scale: 2, length: null, byteLength: null, collation: null },
          { name: "S", database: "", schema: "", table: "", nullable: false, type: "text", precision: null, scale: null, length: 16777216, byteLength: 16777216, collation: null },
        ],
      },
      data: [["READER", "2.50", "PUBLIC"]],
      code: "090001",
      sqlState: "00000",
      message: "Statement executed successfully.",
    }); // biome-ignore format: one column a line
    assert.match(
      response.headers.get("link") ?? "",
      new RegExp(
        `^</api/v2/statements/${handle}\\?requestId=[0-9a-f-]{36}&partition=0>; rel="first", </api/v2/statements/${handle}\\?requestId=[0-9a-f-]{36}&partition=0>; rel="last"$`,
      ),
    );
  });

  it("changes rows and says how many", async () => {
    await rowsOf("create or replace table T (I int, V varchar)");
    const { body } = await post({ statement: "insert into T values (1, 'a'), (2, 'b')" });
    assert.deepEqual(body.data, [["2"]]);
    assert.deepEqual(body.stats, {
      numRowsInserted: 2,
      numRowsUpdated: 0,
      numRowsDeleted: 0,
      numDuplicateRowsUpdated: 0,
    });
  });

  it("says what is wrong with a statement by status 422 and Snowflake's code and words", async () => {
    const { status, body } = await post({ statement: "select AFAF" });
    assert.equal(status, 422);
    const { statementHandle, statementStatusUrl, createdOn, ...rest } = body;
    assert.deepEqual(rest, {
      code: "000904",
      message: "SQL compilation error: error line 1 at position 7\ninvalid identifier 'AFAF'",
      sqlState: "42000",
    });
    assert.equal(statementStatusUrl, `/api/v2/statements/${statementHandle}`);
    assert.ok(createdOn > 0);
    const later = await call(`/${statementHandle}`);
    assert.equal(later.status, 422);
    assert.equal(later.body.code, "000904");
  });

  it("runs several statements in one session, and gives the result of each by its handle", async () => {
    const { status, body } = await post({
      statement:
        "set X = 7; create temporary table TEMP_T (I int); insert into TEMP_T values ($X); begin; rollback; select I, current_date() = current_date() from TEMP_T",
      parameters: { MULTI_STATEMENT_COUNT: "0" },
    });
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(body.data, [["Multiple statements executed successfully."]]);
    assert.equal(body.statementHandles.length, 6);
    const last = await call(`/${body.statementHandles[5]}`);
    assert.equal(last.status, 200);
    assert.deepEqual(last.body.data, [["7", "true"]]);
    assert.equal(last.body.statementHandle, body.statementHandles[5]);
  });

  it("refuses another number of statements than the request says", async () => {
    const { status, body } = await post({ statement: "select 1; select 2; select 3" });
    assert.equal(status, 422);
    assert.equal(body.code, "000008");
    assert.equal(body.message, "Actual statement count 3 did not match the desired statement count 1.");
  });

  it("refuses by name what would only matter to a next statement, and files of the client", async () => {
    for (const [statement, feature] of [
      ["use role PUBLIC", "USE in a request of one statement of the SQL API"],
      ["alter session set QUERY_TAG = 'x'", "ALTER_SESSION in a request of one statement of the SQL API"],
      ["begin", "BEGIN_TRANSACTION in a request of one statement of the SQL API"],
      ["set A = 1", "SET in a request of one statement of the SQL API"],
      ["create temporary table TT (A int)", "temporary object in a request of one statement of the SQL API"],
      ["create temp stage TS", "temporary object in a request of one statement of the SQL API"],
      ["put file:///tmp/x @~", "PUT in the SQL API"],
    ]) {
      const { status, body } = await post({ statement });
      assert.equal(status, 422, statement);
      assert.deepEqual(body, { code: "000002", message: `Unsupported feature '${feature}'.`, sqlState: "0A000" });
    }
    const bound = await post({
      statement: "select ?; select 1",
      bindings: { 1: { type: "FIXED", value: "1" } },
      parameters: { MULTI_STATEMENT_COUNT: 2 },
    });
    assert.equal(bound.body.message, "Unsupported feature 'variable binding in multi-statement SQL requests'.");
    const unknown = await post({ statement: "select 1", parameters: { WEEK_START: 1 } });
    assert.equal(unknown.body.message, "Unsupported feature 'parameter WEEK_START in a request of the SQL API'.");
  });

  it("takes on a statement and tells later how it went", async () => {
    const { status, body } = await post({ statement: "call system$wait(1)" }, "?async=true");
    assert.equal(status, 202);
    const handle = body.statementHandle;
    assert.deepEqual(body, {
      code: "333334",
      message: "Asynchronous execution in progress. Use provided query id to perform query monitoring and management.",
      statementHandle: handle,
      statementStatusUrl: `/api/v2/statements/${handle}`,
    });
    assert.equal((await call(`/${handle}`)).status, 202);
    let later = await call(`/${handle}`);
    while (later.status === 202) later = await call(`/${handle}`);
    assert.deepEqual(later.body.data, [["waited 1 seconds"]]);
  });

  it("interrupts a statement once, and knows it no more", async () => {
    const { body } = await post({ statement: "call system$wait(60)" }, "?async=true");
    const handle = body.statementHandle;
    const first = await call(`/${handle}/cancel`, { method: "POST" });
    assert.equal(first.status, 200);
    assert.deepEqual(first.body, {
      code: "000604",
      sqlState: "57014",
      message: "SQL execution canceled",
      statementHandle: handle,
      statementStatusUrl: `/api/v2/statements/${handle}`,
    });
    let later = await call(`/${handle}`);
    while (later.status === 202) later = await call(`/${handle}`);
    assert.equal(later.status, 422);
    assert.equal(later.body.code, "000604");
    const second = await call(`/${handle}/cancel`, { method: "POST" });
    assert.equal(second.status, 422);
    assert.deepEqual(second.body, {
      code: "000709",
      message: `Statement ${handle} not found`,
      sqlState: "02000",
      statementHandle: handle,
    });
  });

  it("stops a statement that runs out of its time with status 408", async () => {
    const { status, body } = await post({ statement: "call system$wait(60)", timeout: 1 });
    assert.equal(status, 408);
    assert.equal(body.code, "000630");
    assert.equal(body.message, "Statement reached its statement or warehouse timeout of 1 second(s) and was canceled.");
  });

  it("does not run a retry again, but any other request", async () => {
    await rowsOf("create or replace table ONCE (I int)");
    const id = randomUUID();
    const insert = { statement: "insert into ONCE values (1)" };
    const first = await post(insert, `?requestId=${id}`);
    const retry = await post(insert, `?requestId=${id}&retry=true`);
    assert.equal(retry.body.statementHandle, first.body.statementHandle);
    assert.deepEqual(await rowsOf("select count(*) from ONCE"), [["1"]]);
    await post(insert, `?requestId=${id}`);
    assert.deepEqual(await rowsOf("select count(*) from ONCE"), [["2"]]);
  });

  it("lets nobody in without a valid token, and shows nobody the statements of others", async () => {
    const { body } = await post({ statement: "select 'mine'" });
    const as = async (authorization?: string, type?: string) => {
      const { authorization: _, ...rest } = api.headers;
      const own = {
        ...rest,
        ...(authorization ? { authorization } : {}),
        ...(type ? { "x-snowflake-authorization-token-type": type } : {}),
      };
      const answer = await call(`/${body.statementHandle}`, { headers: own });
      return { status: answer.status, body: answer.body };
    };
    assert.deepEqual(await as(), {
      status: 401,
      body: { code: "390101", message: "Authorization header not found in the request data." },
    });
    assert.deepEqual(await as("Bearer secret-TTTTTTTT"), {
      status: 401,
      body: { code: "390303", message: "Invalid OAuth access token. ...TTTTTTTT" },
    });
    const forged = await as(
      `Bearer ${api.token("CALLER", generateKeyPairSync("rsa", { modulusLength: 2048 }))}`,
      "KEYPAIR_JWT",
    );
    assert.equal(forged.status, 401);
    assert.equal(forged.body.code, "390144");
    assert.match(forged.body.message, /^JWT token is invalid\. \[[0-9a-f-]{36}\]$/);
    const stranger = await as(`Bearer ${api.token("STRANGER")}`);
    assert.equal(stranger.status, 422);
    assert.equal(stranger.body.code, "000709");
    const oauth = await as("Bearer anything", "OAUTH");
    assert.equal(oauth.body.message, "Unsupported feature 'authorization token type OAUTH'.");
  });

  it("refuses a role that is not the user's, a body that is none, other media types and other methods", async () => {
    const role = await post({ statement: "select 1", role: "ACCOUNTADMIN" });
    assert.equal(role.status, 401);
    assert.equal(role.body.code, "390189");
    for (const body of ["{", "[]", '{"statement": 1}', "{}", '{"statement": "select 1", "timeout": -1}']) {
      const { status, body: said } = await call("", { method: "POST", body });
      assert.equal(status, 400, body);
      assert.deepEqual(said, { code: "390142", message: "Incoming request does not contain a valid payload." });
    }
    const text = await call("", {
      method: "POST",
      body: "x",
      headers: { ...api.headers, "content-type": "text/plain" },
    });
    assert.equal(text.status, 415);
    assert.equal((await call("")).status, 405);
  });
});
