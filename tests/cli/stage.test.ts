import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { Stage } from "../../cli/terminal/stage";

describe("a step of a command", () => {
  const stage = (isTTY: boolean) => {
    const said: string[] = [];
    const stream = { isTTY, write: (text: string) => said.push(text) } as unknown as NodeJS.WriteStream;
    return { step: new Stage("pulumi up", stream, 20), said: () => said.join("") };
  };

  it("gives signs of life line by line where there is no terminal, and none once it ended", async () => {
    const { step, said } = stage(false);
    assert.equal(said(), "");
    step.update("7 resources");
    await sleep(100);
    step.done("deployed");
    const lines = said().trimEnd().split("\n");
    assert.match(lines[0] ?? "", /^… pulumi up 7 resources \(0\.\d s\)$/);
    assert.match(lines.at(-1) ?? "", /^. pulumi up: deployed \(0\.\d s\)$/);
    await sleep(60);
    assert.equal(said().trimEnd().split("\n").length, lines.length);
  });

  it("keeps to one line on a terminal", () => {
    const { step, said } = stage(true);
    step.failed();
    assert.match(said(), /^\r\u001b\[K… pulumi up \(0\.0 s\)\r\u001b\[K✗ pulumi up \(0\.0 s\)\n$/);
  });
});
