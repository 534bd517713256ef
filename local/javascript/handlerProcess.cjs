"use strict";
// The process of one call of a JavaScript procedure. The handler is synchronous: it writes a question to standard output and waits for
// the answer on standard input, a line of JSON each.
const { readSync, writeSync } = require("node:fs");
const { isMainThread, Worker } = require("node:worker_threads");
const { Socket } = require("node:net");
const { compileHandler } = require("./sandbox.cjs");

/** Closed by the server, or by its end. */
const LIFELINE = 3;

let received = Buffer.alloc(0);

function readLine() {
  const chunk = Buffer.alloc(65_536);
  let end = received.indexOf(10);
  while (end < 0) {
    const from = received.length;
    const count = readSync(0, chunk);
    if (count === 0) process.exit(0);
    received = Buffer.concat([received, chunk.subarray(0, count)]);
    end = received.indexOf(10, from);
  }
  const line = received.toString("utf8", 0, end);
  received = received.subarray(end + 1);
  return line;
}

function writeLine(line) {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
}

function call(question) {
  writeLine(question);
  return readLine();
}

function main() {
  // A thread of its own, because a handler may never come back.
  new Worker(__filename).unref();
  const { handler, rows } = JSON.parse(readLine());
  try {
    const run = compileHandler(handler, call);
    writeLine(JSON.stringify({ do: "end", outcome: JSON.parse(run(JSON.stringify(rows))) }));
  } catch (error) {
    writeLine(JSON.stringify({ do: "end", outcome: { unreadable: String(error), stack: String(error.stack) } }));
  }
  process.exit(0);
}

if (isMainThread) main();
else new Socket({ fd: LIFELINE }).on("close", () => process.kill(process.pid, "SIGKILL")).resume();
