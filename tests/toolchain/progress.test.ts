import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { formatProgress, ProgressReporter, progressPrinter } from "../../toolchain/progress";

describe("progress", () => {
  const collect = (isTTY: boolean) => {
    const stream = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY, columns: 40 });
    return { print: progressPrinter(stream), text: () => stream.read() as string };
  };

  it("shows seconds only of what takes long", () => {
    assert.equal(formatProgress({ piece: "Pulumi CLI", message: "compiling", seconds: 1 }), "Pulumi CLI: compiling");
    assert.equal(
      formatProgress({ piece: "Pulumi CLI", message: "compiling", seconds: 34 }),
      "Pulumi CLI: compiling (34 s)",
    );
  });

  it("is a line per stage where there is no terminal, however often counts change", () => {
    const { print, text } = collect(false);
    print({ piece: "P", message: "compiling, 1 of 9", seconds: 0 });
    print({ piece: "P", message: "compiling, 7 of 9", seconds: 2 });
    print({ piece: "P", message: "ready, by build", seconds: 4 });
    assert.equal(text(), "P: compiling, 1 of 9\nP: ready, by build (4 s)\n");
  });

  it("is one line, cut to the width, on a terminal", () => {
    const { print, text } = collect(true);
    print({ piece: "P", message: "x".repeat(100), seconds: 0 });
    print({ piece: "P", message: "ready, by build", seconds: 4 });
    assert.equal(text(), `\r\u001b[KP: ${"x".repeat(36)}\r\u001b[KP: ready, by build (4 s)\n`);
  });

  it("repeats the latest message while a stage lasts", async () => {
    const messages: string[] = [];
    const reporter = new ProgressReporter("P", ({ message }) => messages.push(message));
    reporter.stage("compiling");
    reporter.update("compiling, 5 of 9");
    while (messages.length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    reporter.stop();
    assert.deepEqual(messages, ["compiling", "compiling, 5 of 9"]);
  });
});
