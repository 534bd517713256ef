import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import snowflake, { type ConnectionOptions } from "snowflake-sdk";
import { connectionOptions } from "../../client/connectionOptions";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";
import { temporaryFolder } from "./warehouse";

describe("How a producer logs in", () => {
  const given = {} as ConnectionOptions;
  const chosen = (environment: Record<string, string>) => {
    const { application: _, ...options } = connectionOptions(undefined, given, environment) as unknown as Record<
      string,
      unknown
    >;
    return options;
  };
  const USER = { SNOWFLAKE_USER: "ann" };

  for (const [name, environment, options] of [
    ["a password", { SNOWFLAKE_PASSWORD: "p" }, { password: "p" }],
    [
      "a key before a password",
      { SNOWFLAKE_PASSWORD: "p", SNOWFLAKE_PRIVATE_KEY: "k" },
      { privateKey: "k", authenticator: "SNOWFLAKE_JWT" },
    ],
    [
      "the file of a key",
      { SNOWFLAKE_PRIVATE_KEY_PATH: "/k" },
      { privateKeyPath: "/k", authenticator: "SNOWFLAKE_JWT" },
    ],
    [
      "the text of a key before its file",
      { SNOWFLAKE_PRIVATE_KEY: "k", SNOWFLAKE_PRIVATE_KEY_PATH: "/k" },
      { privateKey: "k", authenticator: "SNOWFLAKE_JWT" },
    ],
    ["an empty variable is none", { SNOWFLAKE_PASSWORD: "p", SNOWFLAKE_PRIVATE_KEY_PATH: "" }, { password: "p" }],
  ] as [string, Record<string, string>, object][])
    it(`by the environment: ${name}`, () =>
      assert.deepEqual(chosen({ ...USER, ...environment }), { username: "ann", ...options }));

  describe("by the file of a key", () => {
    const home = temporaryFolder();
    let server: LocalServer;
    before(async () => {
      server = await startServer();
    });
    after(async () => {
      await server.close();
      home.remove();
    });

    it("is let in by the driver as it takes it", async () => {
      const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const file = join(home.folder, "key.p8");
      writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
      const administrator = await connect(server, { role: "ACCOUNTADMIN" });
      const key = publicKey.export({ type: "spki", format: "der" }).toString("base64");
      await query(administrator, `ALTER USER ${server.user} SET RSA_PUBLIC_KEY = '${key}'`);
      await disconnect(administrator);
      const environment = { SNOWFLAKE_USER: server.user, SNOWFLAKE_PRIVATE_KEY_PATH: file };
      const connection = snowflake.createConnection({
        ...connectionOptions(undefined, given, environment),
        account: server.account,
        accessUrl: `http://${server.host}:${server.port}`,
      });
      await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
      assert.deepEqual(await query(connection, "SELECT CURRENT_USER() AS U"), [{ U: server.user }]);
      await disconnect(connection);
    });
  });
});
