import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { PROJECT_ROOT } from "../../cli/project/projectFolder";

describe("npm run smoke", () => {
  it("deploys, loads the history of this repository, waits for the lag, checks, deploys again and destroys", async function () {
    this.timeout(600_000);
    const program = ["--require", "ts-node/register/transpile-only", join(PROJECT_ROOT, "cli", "smoke.ts")];
    const call = [
      "--call",
      "SELECT COUNT(*) AS DATABASES FROM CLAUDE_BI.INFORMATION_SCHEMA.DATABASES WHERE DATABASE_NAME = 'CLAUDE_BI'",
    ];
    const { code, said } = await new Promise<{ code: number; said: string }>((resolve) => {
      execFile(process.execPath, [...program, ...call], { env: { ...process.env, NO_COLOR: "1" } }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, said: out + err }),
      );
    });
    assert.equal(code, 0, said);
    for (const step of [
      "pulumi up",
      "load",
      "wait for the target lag",
      "counts",
      "event ids",
      "pulumi up again",
      "pulumi destroy",
    ]) {
      assert.match(said, new RegExp(`^ok .* ${step}: `, "m"), `${step} is missing in:\n${said}`);
    }
    assert.match(said, /\{"DATABASES":1\}/);
    assert.match(said, /All steps passed\.\s*$/);
  });
});
