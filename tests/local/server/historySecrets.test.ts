import assert from "node:assert/strict";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { connect, disconnect, query, startServer } from "../support";

describe("The history of statements", () => {
  let server: LocalServer;
  let admin: Connection;

  before(async () => {
    server = await startServer();
    admin = await connect(server);
    for (const sql of ["create database D", "create schema D.S"]) await query(admin, sql);
  });

  after(async () => {
    await disconnect(admin);
    await server.close();
  });

  const kept = async (sql: string): Promise<unknown> => {
    await query(admin, sql);
    const [row] = await query(
      admin,
      "select query_text from table(D.information_schema.query_history()) where query_id = last_query_id()",
    );
    return row?.QUERY_TEXT;
  };

  it("keeps no password and no secret, however it is written", async () => {
    const cases: [sql: string, kept: string][] = [
      [
        "create user A password = 'It''s \\'1 secret' comment = 'password'",
        "create user A password = '****' comment = 'password'",
      ],
      ["alter user A set PASSWORD='Secret-2-secret', comment = ''", "alter user A set PASSWORD='****', comment = ''"],
      ["alter user A set password = $$Secret-3-secret$$", "alter user A set password = '****'"],
      [
        "create secret D.S.X type = password username = 'u' password = 'secret'",
        "create secret D.S.X type = password username = 'u' password = '****'",
      ],
      [
        "create secret D.S.Y type = generic_string secret_string = 'secret'",
        "create secret D.S.Y type = generic_string secret_string = '****'",
      ],
      [
        "execute immediate 'alter user A set password = ''Secret-4-secret'' comment = ''c'''",
        "execute immediate 'alter user A set password = ''****'' comment = ''c'''",
      ],
      ["begin alter user A set password = 'Secret-5-secret'; end;", "begin alter user A set password = '****'; end;"],
      [
        "create procedure D.S.P() returns int as $$ begin alter user A set password = 'Secret-6-secret'; return 1; end $$",
        "create procedure D.S.P() returns int as $$ begin alter user A set password = '****'; return 1; end $$",
      ],
    ];
    for (const [sql, expected] of cases) assert.equal(await kept(sql), expected);
    const rows = await query(admin, "select query_text from table(D.information_schema.query_history())");
    assert.deepEqual(
      rows.filter(({ QUERY_TEXT }) => /secret'|secret\$/.test(String(QUERY_TEXT))),
      [],
    );
  });

  it("keeps none of a statement that is refused", async () => {
    const credentials = (secret: string) =>
      `credentials = (aws_key_id = 'k' aws_secret_key = '${secret}' aws_token = '${secret}')`;
    const statements = (secret: string) => [
      `create stage D.S.ST url = 'ftp://b/' ${credentials(secret)}`,
      `copy into D.S.T from 's3://b/' ${credentials(secret)}`,
      `copy into 's3://b/' from D.S.T encryption = (master_key = '${secret}')`,
      `create managed account M admin_name = a, admin_password = '${secret}', type = reader`,
      `alter integration I set oauth_client_secret = '${secret}'`,
      `create security integration I type = api_authentication oauth_password = '${secret}' enabled = true`,
    ];
    for (const sql of statements("Secret-7")) await assert.rejects(query(admin, sql));
    const rows = await query(
      admin,
      "select query_text from table(D.information_schema.query_history()) where execution_status like 'FAILED%' order by start_time",
    );
    assert.deepEqual(
      rows.map(({ QUERY_TEXT }) => QUERY_TEXT),
      statements("****"),
    );
  });

  it("keeps what only looks like one", async () => {
    const sql = "select 'x' as password where password = 'x'";
    assert.equal(await kept(sql), sql);
  });
});
