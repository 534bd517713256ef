import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnreadableInput } from "../../cli/law/files";
import { stateSources } from "../../cli/law/state";
import { judge } from "../../law/index";

const MARK = "4dabf18193072939515e22adb298388d";
const NOT_KNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (more: object) => ({ [MARK]: "1b47061264138c4ac30d75fd1eb44270", ...more });

const resource = (name: string, key: string, inputs: object, more: object = {}) => {
  const type = `snowflake:index/${key}:${key.charAt(0).toUpperCase()}${key.slice(1)}`;
  return { urn: `urn:pulumi:dev::shop::${type}::${name}`, type, inputs, ...more };
};

const MAKES = "CREATE TABLE CLAUDE_BI.MCP.T (A INT)";

describe("an exported stack", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "two-table-law-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (state: unknown) => {
    const file = join(folder, "state.json");
    writeFileSync(file, JSON.stringify(state));
    return stateSources(file);
  };

  /** What is found, `name.property CODE excerpt`, and what could not be judged. */
  const told = async (resources: unknown[], more: object = {}) => {
    const { sources, findings, remarks } = await read({ version: 3, deployment: { resources, ...more } });
    return {
      found: [...judge(sources).findings, ...findings].map(({ code, where: { resource: name, property, excerpt } }) =>
        [[name, property].filter(Boolean).join("."), code, excerpt].filter(Boolean).join(" "),
      ),
      notes: remarks.map(({ message, where }) => `${where.resource}.${where.property}: ${message}`),
    };
  };

  it("is judged by what its resources are where nothing says what they were given", async () => {
    assert.deepEqual(
      await told([
        resource("bare", "execute", {}, { outputs: { execute: MAKES, revert: "SELECT 1" } }),
        resource("given", "execute", { execute: "SELECT 1" }, { outputs: { execute: MAKES } }),
      ]),
      { found: [`bare.execute TT01 ${MAKES}`], notes: [] },
    );
  });

  it("holds a secret in plain text where an address is signed", async () => {
    const place = { database: "OTHER", schema: "S", name: "FILES" };
    assert.deepEqual(
      await told([
        resource("signed", "stage", { ...place, url: "azure://a.blob.core.windows.net/c?sv=1&sig=abc" }),
        resource("open", "stage", { ...place, url: "azure://a.blob.core.windows.net/c" }),
      ]),
      { found: ["signed.url TT12"], notes: [] },
    );
  });

  it("is judged by the secrets that it shows, of whose text nothing is shown", async () => {
    assert.deepEqual(
      await told([
        resource("shown", "execute", { execute: secret({ plaintext: JSON.stringify(MAKES) }), revert: "SELECT 1" }),
        resource("output", "execute", {
          execute: { [MARK]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: MAKES, secret: true },
        }),
        resource("plain", "execute", { execute: { [MARK]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: MAKES } }),
        resource("closed", "execute", { execute: secret({ ciphertext: "v1:abc" }), revert: "SELECT 1" }),
        resource("odd", "execute", { execute: secret({ plaintext: "no JSON" }) }),
        resource("bob", "user", { name: "BOB", password: secret({ plaintext: '"Never.Show.This.1"' }) }),
      ]),
      {
        found: ["shown.execute TT01", "output.execute TT01", `plain.execute TT01 ${MAKES}`],
        notes: ["closed", "odd"].map(
          (name) =>
            `${name}.execute: Not judged: the value is a secret of the stack (pulumi stack export --show-secrets shows it).`,
        ),
      },
    );
  });

  it("takes a value that nobody knew for no text, also in a list", async () => {
    const { found, notes } = await told([
      resource("text", "execute", { execute: NOT_KNOWN }),
      resource("list", "grantPrivilegesToAccountRole", {
        accountRoleName: "R",
        privileges: ["CREATE TABLE", NOT_KNOWN],
        onSchema: { schemaName: "CLAUDE_BI.MCP" },
      }),
      resource("nested", "grantPrivilegesToAccountRole", {
        accountRoleName: "R",
        privileges: [secret({ ciphertext: "x" })],
        onSchema: { schemaName: "CLAUDE_BI.MCP" },
      }),
    ]);
    assert.deepEqual(found, ['list TT07 GRANT CREATE TABLE ON SCHEMA "CLAUDE_BI"."MCP" TO ROLE "R"']);
    const unknown = "Not judged: the value was not known when the stack was exported.";
    assert.deepEqual(notes, [
      `text.execute: ${unknown}`,
      `list.privileges: ${unknown}`,
      "nested.privileges: Not judged: the value is a secret of the stack (pulumi stack export --show-secrets shows it).",
    ]);
  });

  it("tells of what an update had begun to make, and not of what it was taking away", async () => {
    const table = (name: string) =>
      resource(name, "table", { database: "CLAUDE_BI", schema: "MCP", name: name.toUpperCase() });
    const { found } = await told([table("there")], {
      pending_operations: [
        { type: "creating", resource: table("begun") },
        { type: "importing", resource: table("imported") },
        { type: "creating", resource: table("there") },
        { type: "deleting", resource: table("going") },
      ],
    });
    assert.deepEqual(
      found.map((one) => one.split(" ")[0]),
      ["there", "begun", "imported"],
    );
  });

  it("knows what is only read by what it is, and names a resource in full", async () => {
    const elsewhere = { database: "OTHER", schema: "P", name: "T" };
    const { found } = await told([
      resource("read", "table", {}, { external: true, outputs: elsewhere }),
      resource("a::b", "table", { database: "CLAUDE_BI", schema: "MCP", name: "T" }),
      resource("gone", "table", { database: "CLAUDE_BI", schema: "MCP", name: "T" }, { delete: true }),
    ]);
    assert.deepEqual(found, ['a::b TT01 CREATE TABLE "CLAUDE_BI"."MCP"."T" (A INT)']);
  });

  for (const state of [
    { version: 1, deployment: null },
    { version: 2, deployment: { manifest: {}, resources: null } },
    { version: 4, features: ["x"], deployment: {} },
    { version: 3, checkpoint: { stack: "dev" } },
    { version: 3, checkpoint: { stack: "dev", latest: null } },
  ]) {
    it(`may hold nothing: ${JSON.stringify(state)}`, async () => {
      assert.deepEqual(await read(state), { sources: [], findings: [], remarks: [], urns: new Map() });
    });
  }

  for (const state of [{}, { version: 3 }, [], { deployment: [] }, { deployment: { resources: [{ type: "x" }] } }]) {
    it(`is not: ${JSON.stringify(state)}`, async () => {
      await assert.rejects(read(state), UnreadableInput);
    });
  }
});
