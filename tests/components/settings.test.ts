import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSettings } from "../../components/settings";

const connection = { account: "ACME-WAREHOUSE", user: "deployer", password: "secret" };
const read = (config: Record<string, string>, environment: Record<string, string> = {}, notices: string[] = []) =>
  readSettings({ config, environment }, (message) => notices.push(message));

describe("settings", () => {
  it("fill in every default from the connection alone", () => {
    assert.deepEqual(read(connection), {
      account: "ACME-WAREHOUSE",
      user: "DEPLOYER",
      password: "secret",
      protocol: "https",
      accountRole: "ACCOUNTADMIN",
      creditMonitor: "managed",
      deployerRole: "TWO_TABLE_DEPLOYER",
      database: "CLAUDE_BI",
      environment: "",
      entity: "CUSTOMER",
      targetLag: "1 minute",
      retentionDays: 1,
      monthlyCredits: 100,
      queryWarehouseSize: "XSMALL",
      refreshWarehouseSize: "XSMALL",
      statementTimeoutSeconds: 3600,
      userManagement: true,
      searchOptimization: true,
      protect: true,
      adopt: false,
    });
  });

  it("take the key of the file that SNOWFLAKE_PRIVATE_KEY_PATH names, unless something else says how to log in", () => {
    const folder = mkdtempSync(join(tmpdir(), "two-table-key-"));
    try {
      const key = "-----BEGIN PRIVATE KEY-----\nMC4\n-----END PRIVATE KEY-----\n";
      const path = join(folder, "key.p8");
      writeFileSync(path, key);
      const account = { account: "A-B", user: "U" };
      assert.equal(read(account, { SNOWFLAKE_PRIVATE_KEY_PATH: path }).privateKey, key);
      assert.equal(read(connection, { SNOWFLAKE_PRIVATE_KEY_PATH: path }).privateKey, undefined);
      assert.equal(read(account, { SNOWFLAKE_PASSWORD: "p", SNOWFLAKE_PRIVATE_KEY_PATH: path }).password, "p");
      assert.throws(() => read(account, { SNOWFLAKE_PRIVATE_KEY_PATH: join(folder, "none") }), {
        message: [
          "The stack's configuration has 1 problem:",
          `  - privateKey: the file of SNOWFLAKE_PRIVATE_KEY_PATH cannot be read: ENOENT: no such file or directory, open '${join(folder, "none")}'`,
          "Set a value with: pulumi config set two-table-warehouse:<key> <value>   (add --secret for passwords and keys)",
        ].join("\n"),
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("report every problem at once, sorted, with what was found and how to set it", () => {
    assert.throws(() => read({ account: "xy12345.eu-west-1", port: "eighty", targetLag: "30 seconds", datbase: "A" }), {
      message: [
        "The stack's configuration has 6 problems:",
        "  - account: expected ORGANIZATION-ACCOUNT (letters, digits, _), not a locator such as xy12345.eu-west-1",
        "  - datbase: is not a setting; known are account, user, password, privateKey, privateKeyPassphrase, host, port, protocol, accountRole, deployerRole, database, environment, entity, targetLag, retentionDays, monthlyCredits, creditMonitor, queryWarehouseSize, refreshWarehouseSize, statementTimeoutSeconds, userManagement, notificationIntegration, notificationEmail, searchOptimization, protect, adopt",
        "  - password: is required unless privateKey is set (or set SNOWFLAKE_PASSWORD)",
        '  - port: expected a whole number from 1 to 65535, found "eighty"',
        '  - targetLag: expected at least 60 seconds and at most 28 days, found "30 seconds"',
        "  - user: is required; the name of the user that deploys (or set SNOWFLAKE_USER)",
        "Set a value with: pulumi config set two-table-warehouse:<key> <value>   (add --secret for passwords and keys)",
      ].join("\n"),
    });
  });

  it("suggest the setting a misspelt key meant", () => {
    assert.throws(
      () => read({ ...connection, target_lag: "1 minute" }),
      /target_lag: is not a setting; did you mean targetLag\?/,
    );
  });

  it("fold a lower-case name and say so", () => {
    const notices: string[] = [];
    assert.equal(read({ ...connection, database: "claude_bi" }, {}, notices).database, "CLAUDE_BI");
    assert.deepEqual(notices, ['database: "claude_bi" is written CLAUDE_BI, so that unquoted SQL finds it']);
  });

  for (const name of ["my db", "1st", 'a"b', "bi-dev", "", "ä", "a".repeat(256)]) {
    it(`refuse the name ${JSON.stringify(name.slice(0, 12))}, which would need quotes`, () => {
      assert.throws(
        () => read({ ...connection, database: name }),
        /database: ".*" is not a plain identifier; expected a letter or underscore/,
      );
    });
  }

  it("take the connection from the environment, the stack file first", () => {
    const environment = {
      SNOWFLAKE_ACCOUNT: "acme-prod.snowflakecomputing.com",
      SNOWFLAKE_USERNAME: "ci",
      SNOWFLAKE_PASSWORD: "p",
      SNOWFLAKE_PORT: "8084",
    };
    const { account, user, password, port } = read({ user: "DEPLOYER" }, environment);
    assert.deepEqual(
      { account, user, password, port },
      { account: "ACME-PROD", user: "DEPLOYER", password: "p", port: 8084 },
    );
  });

  it("refuse a private key beside a password, since the provider does, wherever they come from", () => {
    const privateKey = "-----BEGIN PRIVATE KEY-----\nMC4\n-----END PRIVATE KEY-----";
    const both =
      /privateKey: set it or password, not both \(SNOWFLAKE_PASSWORD and SNOWFLAKE_PRIVATE_KEY of the environment count\)/;
    assert.equal(read({ account: "A-B", user: "U", privateKey }, {}).password, undefined);
    assert.throws(() => read({ account: "A-B", user: "U", privateKey }, { SNOWFLAKE_PASSWORD: "p" }), both);
    assert.throws(() => read(connection, { SNOWFLAKE_PRIVATE_KEY: privateKey }), both);
    assert.throws(() => read({ ...connection, privateKey }), both);
    assert.throws(
      () => read({ account: "A-B", user: "U", privateKey: "/home/me/key.p8" }),
      /privateKey: expected the PEM text of a private key \(not a path\)/,
    );
  });

  for (const [text, lag] of [
    ["1 minute", "1 minute"],
    ["60 seconds", "60 seconds"],
    ["  2 Minutes ", "2 minutes"],
    ["1 hours", "1 hour"],
  ] as const) {
    it(`write the lag ${JSON.stringify(text)} as ${lag}`, () =>
      assert.equal(read({ ...connection, targetLag: text }).targetLag, lag));
  }
});
