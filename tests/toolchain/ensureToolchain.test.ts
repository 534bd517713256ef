import assert from "node:assert/strict";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureToolchain, runPulumi, type Toolchain, ToolchainError, verifyToolchain } from "../../toolchain/index";
import { formatProgress, type Progress } from "../../toolchain/progress";

describe("ensureToolchain", () => {
  let real: Toolchain;
  let folder: string;
  before(async function () {
    this.timeout(30 * 60_000);
    real = await ensureToolchain();
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "two-table-toolchain-"));
    mkdirSync(join(folder, "bin"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Of a machine whose only programs are those in `bin`. */
  const bareEnv = () => ({
    PATH: join(folder, "bin"),
    PULUMI_HOME: join(folder, "pulumi"),
    GOROOT: join(folder, "go"),
    HOME: folder,
  });
  const onBareMachine = (onProgress?: (line: string) => void) =>
    ensureToolchain({
      cacheDir: join(folder, "cache"),
      offlineOnly: true,
      env: bareEnv(),
      onProgress: (progress: Progress) => onProgress?.(formatProgress({ ...progress, seconds: 0 })),
    });
  const addProgram = (name: string, script: string) => {
    writeFileSync(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "bin", name), 0o755);
  };

  it("has every checksum right", async () => {
    assert.deepEqual(await verifyToolchain(), []);
  });

  it("says nothing when everything is in place", async () => {
    const lines: Progress[] = [];
    assert.deepEqual(await ensureToolchain({ onProgress: (line) => lines.push(line) }), real);
    assert.deepEqual(lines, []);
  });

  it("gives programs that run, with a home of their own", async () => {
    const { stdout } = await runPulumi(["version"]);
    assert.match(stdout, /^v3\.\d+\.\d+/);
    const plugins = await runPulumi(["plugin", "ls", "--json"]);
    const [plugin] = JSON.parse(plugins.stdout) as { name: string; kind: string; version: string }[];
    assert.deepEqual([plugin?.name, plugin?.kind, plugin?.version], ["snowflake", "resource", "1.3.0"]);
  });

  it("uses what is installed, copies the plugin into its own home, and repairs the copy", async () => {
    symlinkSync(real.pulumi, join(folder, "bin/pulumi"));
    symlinkSync(real.plugin, join(folder, "bin/pulumi-resource-snowflake"));
    const toolchain = await onBareMachine();
    assert.deepEqual(toolchain.sources, { pulumi: "installed", "snowflake-plugin": "installed" });
    assert.equal(toolchain.pulumi, real.pulumi);
    assert.equal(toolchain.languageHost, real.languageHost);
    assert.ok(toolchain.plugin.startsWith(join(folder, "cache")));

    appendFileSync(toolchain.plugin, "x");
    const lines: string[] = [];
    await onBareMachine((line) => lines.push(line));
    assert.match(lines[0]!, /^Snowflake plugin 1\.3\.0: \S+ has \d+ bytes, expected \d+; putting it in place anew$/);
    assert.deepEqual(await verifyToolchain({ cacheDir: join(folder, "cache") }), []);
  });

  it("says why nothing is possible on a machine with nothing", async () => {
    await assert.rejects(onBareMachine(), (error) => {
      assert.ok(error instanceof ToolchainError);
      assert.deepEqual(error.reasons, [
        { source: "installed", reason: `no pulumi 3.x of at least 3.248.0 on PATH or in ${folder}/pulumi` },
        { source: "download", reason: "not tried, offline only" },
        {
          source: "build",
          reason: `building needs Go 1.25 or newer; \`go\` is not on PATH and ${folder}/go/bin/go does not exist`,
        },
      ]);
      return true;
    });
  });

  it("names the versions it found when they are too old or incomplete", async () => {
    mkdirSync(join(folder, "pulumi/bin"), { recursive: true });
    addProgram("pulumi", "echo v3.100.0");
    addProgram("pulumi-language-nodejs", "exit 1");
    addProgram("go", "echo go1.21.13");
    symlinkSync("/bin/true", join(folder, "pulumi/bin/pulumi"));
    await assert.rejects(onBareMachine(), ({ reasons }: ToolchainError) => {
      const bin = join(folder, "bin");
      assert.equal(
        reasons[0]?.reason,
        `no pulumi 3.x of at least 3.248.0 on PATH or in ${folder}/pulumi; ${bin}/pulumi is v3.100.0; ${folder}/pulumi/bin/pulumi has no pulumi-language-nodejs beside it`,
      );
      assert.equal(reasons[2]?.reason, `building needs Go 1.25 or newer; ${bin}/go is go1.21.13`);
      return true;
    });
  });

  it("shows the last lines of a build that fails and leaves nothing behind", async () => {
    addProgram("go", 'if [ "$1" = env ]; then echo go1.26.0; else echo "no space left on device" >&2; exit 2; fi');
    await assert.rejects(onBareMachine(), ({ reasons }: ToolchainError) => {
      assert.equal(reasons[2]?.reason, "`go list` failed (exit code 2):\nno space left on device");
      return true;
    });
    assert.equal(existsSync(real.pulumi), true);
  });

  it("says so when the cache folder cannot be made", async () => {
    writeFileSync(join(folder, "cache"), "a file, not a folder");
    await assert.rejects(
      onBareMachine(),
      /^Error: The toolchain's cache folder \S+ cannot be made \(.*\)\. Set XDG_CACHE_HOME to a folder that can be written\.$/,
    );
  });
});
