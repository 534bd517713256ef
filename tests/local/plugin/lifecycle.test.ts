import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type snowflake from "snowflake-sdk";
import { connect, disconnect, query } from "../support";
import { changes, Lifecycle } from "./support";

/** What an import cannot bring back: the plugin has no importer, or reads less than the program says. */
const NOT_IMPORTED = new Set(["execute", "script", "procedure", "functionSql", "functionJavascript"]);

interface Exported {
  deployment: { resources: { urn: string; type: string; id?: string; custom: boolean }[] };
}

describe("The life of every resource class, with the real engine and plugin", function () {
  this.timeout(300_000);
  let lifecycle: Lifecycle;
  let admin: snowflake.Connection;

  before(async () => {
    lifecycle = await Lifecycle.start();
    admin = await connect(lifecycle.server);
  });

  after(async () => {
    await disconnect(admin);
    await lifecycle.close();
  });

  const same = (steps: Parameters<typeof changes>[0]) => changes(steps).filter((step) => !step.startsWith("refresh "));

  it("is created", async () => {
    await lifecycle.pulumi(1, "up", "--stack", "test", "--yes", "--skip-preview");
    assert.deepEqual(
      (await query(admin, "show objects in schema LIFE.CYCLE")).map((row) => row["name"]),
      ["DT", "KEYED", "T", "V", "V_SHARED", "V_TRACKED"],
    );
  });

  it("is read back without a difference", async () => {
    assert.deepEqual(same(await lifecycle.plan(1, "--refresh")), []);
  });

  it("is changed in place, never replaced", async () => {
    const steps = await lifecycle.plan(2);
    assert.deepEqual([...new Set(steps.map(({ op }) => op))].sort(), ["same", "update"]);
    await lifecycle.pulumi(2, "up", "--stack", "test", "--yes", "--skip-preview");
    assert.deepEqual(same(await lifecycle.plan(2, "--refresh")), []);
  });

  it("is imported by its id into another stack", async () => {
    const exported = JSON.parse(await lifecycle.pulumi(2, "stack", "export", "--stack", "test")) as Exported;
    const resources = exported.deployment.resources
      .filter(({ custom, type, urn }) => custom && type.startsWith("snowflake:") && !NOT_IMPORTED.has(nameOf(urn)))
      .map(({ type, urn, id }) => ({ type, name: nameOf(urn), id }));
    const file = join(lifecycle.directory, "import.json");
    writeFileSync(file, JSON.stringify({ resources }));
    await lifecycle.pulumi(2, "stack", "init", "imported");
    const said = await lifecycle.pulumi(
      2,
      ...["import", "--stack", "imported", "--file", file],
      ...["--generate-code=false", "--protect=false", "--yes", "--skip-preview"],
    );
    assert.match(said, new RegExp(`\\b${resources.length} imported\\b`));
    await lifecycle.pulumi(2, "stack", "rm", "imported", "--force", "--yes");
  });

  it("is destroyed, and nothing stays behind", async () => {
    await lifecycle.pulumi(2, "destroy", "--stack", "test", "--yes", "--skip-preview");
    for (const kind of [
      "databases",
      "warehouses",
      "roles",
      "users",
      "resource monitors",
      "network policies",
      "integrations",
      "shares",
      "connections",
    ]) {
      assert.deepEqual(await query(admin, `show ${kind} like 'LIFE%'`), [], kind);
    }
  });
});

const nameOf = (urn: string): string => urn.split("::").at(-1) as string;
