import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import type snowflake from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

const keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of key-pair authentication as the documentation describes it. */
function tokenFor(
  account: string,
  user: string,
  { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject } = keys,
) {
  const digest = createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("base64");
  const subject = `${account}.${user}`;
  const now = Math.floor(Date.now() / 1000);
  const text = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iss: `${subject}.SHA256:${digest}`, sub: subject, iat: now, exp: now + 3000 })}`;
  return `${text}.${sign("RSA-SHA256", Buffer.from(text), privateKey).toString("base64url")}`;
}

describe("The SQL API", () => {
  let server: LocalServer;
  let admin: snowflake.Connection;
  let headers: Record<string, string>;

  before(async () => {
    server = await startServer();
    admin = await connect(server);
    const publicKey = keys.publicKey.export({ type: "spki", format: "der" }).toString("base64");
    for (const sql of [
      "create database D",
      "create role READER",
      "create user CALLER default_role = READER default_warehouse = COMPUTE_WH default_namespace = D.PUBLIC",
      `alter user CALLER set rsa_public_key = '${publicKey}'`,
      "create user STRANGER default_role = READER",
      `alter user STRANGER set rsa_public_key = '${publicKey}'`,
      "grant role READER to user CALLER",
      "grant usage, operate on warehouse COMPUTE_WH to role READER",
      "grant ownership on database D to role READER",
      "grant ownership on schema D.PUBLIC to role READER",
    ])
      await query(admin, sql);
    headers = {
      authorization: `Bearer ${tokenFor(server.account, "CALLER")}`,
      "content-type": "application/json",
      accept: "application/json",
      "user-agent": "test/1.0",
    };
  });

  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the endpoint.
  type Body = any;
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://${server.host}:${server.port}/api/v2/statements${path}`, { headers, ...init });
    const text = await response.text();
    return { status: response.status, body: (text === "" ? undefined : JSON.parse(text)) as Body, response };
  };
  const post = (body: unknown, parameters = "") => call(parameters, { method: "POST", body: JSON.stringify(body) });
  const rowsOf = async (statement: string, more: object = {}, parameters = ""): Promise<Body> => {
    const { status, body } = await post({ statement, ...more }, parameters);
    assert.equal(status, 200, JSON.stringify(body));
    return body.data;
  };

  it("answers a statement with a ResultSet, in the user's default role, warehouse and schema", async () => {
    const { status, body, response } = await post({
      statement: "select current_role() as R, 2.50::number(5, 2) as N, current_schema() as S",
    });
    assert.equal(status, 200);
    const { statementHandle: handle, statementStatusUrl, createdOn, requestId, ...rest } = body;
    assert.match(handle, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
    assert.match(
      statementStatusUrl,
      new RegExp(`^/api/v2/statements/${handle}\\?requestId=${requestId.replace(/./g, ".")}$`),
    );
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

  it("writes every type as text, the way the documentation says", async () => {
    assert.deepEqual(
      await rowsOf(
        "select true, false, null, 1.5::float, to_binary('ff00'), '2021-01-28'::date, '10:09:37.12'::time(3), '2021-01-28 22:09:37.123456'::timestamp_ntz, '2021-01-28 22:09:37 +0100'::timestamp_tz(0), parse_json('{\"a\": [1]}'), 'x'",
      ),
      [
        [
          "true",
          "false",
          null,
          "1.5",
          "FF00",
          "18655",
          "36577.120000000",
          "1611871777.123456000",
          "1611868177.000000000 1500",
          '{\n  "a": [\n    1\n  ]\n}',
          "x",
        ],
      ],
    );
  });

  it("writes NULL as text, and dates, times and bytes in the formats of the request, when it says so", async () => {
    const statement =
      "select null, '2019-03-27'::date, '10:09:37'::time, '2021-01-28 22:09:37.5'::timestamp_ntz, '2021-01-28 22:09:37 +0100'::timestamp_tz, '2021-01-28 22:09:37 +0100'::timestamp_ltz, to_binary('ff00')";
    const parameters = {
      DATE_OUTPUT_FORMAT: "MM/DD/YYYY",
      time_output_format: "HH12:MI AM",
      TIMESTAMP_OUTPUT_FORMAT: "YYYY-MM-DD HH24:MI:SS.FF1 TZHTZM",
      TIMESTAMP_NTZ_OUTPUT_FORMAT: "AUTO",
      TIMEZONE: "Asia/Kolkata",
      BINARY_OUTPUT_FORMAT: "base64",
    };
    const expected = [
      [
        "null",
        "03/27/2019",
        "10:09 AM",
        "2021-01-28 22:09:37.500 Z",
        "2021-01-28 22:09:37.0 +0100",
        "2021-01-29 02:39:37.0 +0530",
        "/wA=",
      ],
    ];
    const { body } = await post({ statement, parameters }, "?nullable=false");
    assert.deepEqual(body.data, expected);
    const again = await call(`/${body.statementHandle}`);
    assert.deepEqual(again.body.data, expected);
  });

  it("binds values by number, each with its type", async () => {
    const bindings = {
      1: { type: "FIXED", value: "123" },
      2: { type: "TEXT", value: "it's" },
      3: { type: "DATE", value: "1611871777000" },
      4: { type: "TIMESTAMP_NTZ", value: "1611871777123456000" },
      5: { type: "BOOLEAN", value: "true" },
    };
    assert.deepEqual(await rowsOf("select ? + 1, ?, ?, ?, ?", { bindings }), [
      ["124", "it's", "18655", "1611871777.123456000", "true"],
    ]);
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

  it("gives large results in partitions", async () => {
    const { body, response } = await post({
      statement: "select seq4() as N, repeat('x', 1000) as T from table(generator(rowcount => 9000)) order by N",
    });
    const { partitionInfo, numRows } = body.resultSetMetaData;
    assert.equal(numRows, 9000);
    assert.ok(partitionInfo.length > 1);
    assert.match(response.headers.get("link") ?? "", /partition=1>; rel="next"/);
    let rows = body.data;
    assert.equal(rows.length, partitionInfo[0].rowCount);
    for (let i = 1; i < partitionInfo.length; i++) {
      const next = await call(`/${body.statementHandle}?partition=${i}`);
      assert.equal(next.response.headers.get("content-encoding"), "gzip");
      assert.deepEqual(Object.keys(next.body), ["data"]);
      assert.equal(next.body.data.length, partitionInfo[i].rowCount);
      rows = rows.concat(next.body.data);
    }
    const beyond = await call(`/${body.statementHandle}?partition=99`);
    assert.equal(beyond.status, 422);
    assert.equal(beyond.body.message, "SQL compilation error:\ninvalid value [99] for parameter 'partition'");
    assert.deepEqual(rows.map(([n]: string[]) => Number(n)), Array.from({ length: 9000 }, (_, i) => i)); // biome-ignore format: one line
  });

  it("lets nobody in without a valid token, and shows nobody the statements of others", async () => {
    const { body } = await post({ statement: "select 'mine'" });
    const as = async (authorization?: string, type?: string) => {
      const { authorization: _, ...rest } = headers;
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
    const forged = await as(`Bearer ${tokenFor(server.account, "CALLER", other)}`, "KEYPAIR_JWT");
    assert.equal(forged.status, 401);
    assert.equal(forged.body.code, "390144");
    assert.match(forged.body.message, /^JWT token is invalid\. \[[0-9a-f-]{36}\]$/);
    const stranger = await as(`Bearer ${tokenFor(server.account, "STRANGER")}`);
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
    const text = await call("", { method: "POST", body: "x", headers: { ...headers, "content-type": "text/plain" } });
    assert.equal(text.status, 415);
    assert.equal((await call("")).status, 405);
  });
});
