import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { ensureToolchain } from "../../toolchain/index";
import { type NameTree, readProviderNames, readResourceNames } from "./snowflakePackageNames";

interface PluginNames {
  version: string;
  config: NameTree;
  resources: Record<string, NameTree>;
}

describe("the Snowflake plugin", () => {
  let plugin: PluginNames;
  before(async function () {
    this.timeout(30 * 60_000);
    const { plugin: path, sources } = await ensureToolchain();
    // Only a plugin that was built here can differ from the package, and only it can print its names.
    if (sources["snowflake-plugin"] !== "build") return this.skip();
    const output = execFileSync(path, ["-property-names"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    plugin = JSON.parse(output) as PluginNames;
  });

  it("has the version of the npm package", () => {
    assert.equal(plugin.version, require("@pulumi/snowflake/package.json").version);
  });

  it("serves the 88 resource types of the npm package (with the provider itself, 89 classes)", () => {
    const types = Object.keys(readResourceNames()).sort();
    assert.equal(types.length, 88);
    assert.deepEqual(Object.keys(plugin.resources).sort(), types);
  });

  it("names the properties of every resource as the npm package does, nested ones too", () => {
    for (const [type, names] of Object.entries(readResourceNames())) {
      // `id` is Pulumi's own property of every resource, so the package does not list it.
      const { id, ...served } = plugin.resources[type]!;
      assert.deepEqual(served, names, type);
    }
  });

  it("names the provider's settings as the npm package does", () => {
    assert.deepEqual(plugin.config, readProviderNames());
  });
});
