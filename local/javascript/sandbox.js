// Compiles a handler in a context of its own. Plain JavaScript, because the process of a procedure runs it as it stands.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { createContext, Script } = require("node:vm");

const API = new Script(readFileSync(join(__dirname, "handlerApi.js"), "utf8"), { filename: "snowflake:api" });

/** Where the sandbox keeps what a call starts; not among the names that a handler sees. */
const START = 'globalThis[Symbol.for("snowflake:run")]';

/**
 * The body becomes a function of the routine's name, as it does on Snowflake; its first line is line 1.
 * Answers a function from the arguments' texts as JSON to the answer as JSON: `{value}` or `{thrown}`. Given milliseconds it throws
 * ERR_SCRIPT_EXECUTION_TIMEOUT when the call takes longer. Throws the SyntaxError of a body that cannot be read.
 */
exports.compileHandler = ({ name, parameters, body, kinds, answer }, call) => {
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const source = `function ${name}(${parameters.join(", ")}) {\n${body}\n}`;
  new Script(source, { filename: "snowflake:handler", lineOffset: -1 }).runInContext(context);
  const handler = new Script(name).runInContext(context);
  API.runInContext(context)(handler, kinds, answer, call);
  return (texts, timeout) =>
    new Script(`${START}(${JSON.stringify(texts)})`).runInContext(context, timeout ? { timeout } : {});
};
