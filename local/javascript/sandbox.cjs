"use strict";
// Compiles a handler in a context of its own. Plain JavaScript, because the process of a procedure runs it as it stands.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { createContext, Script } = require("node:vm");

const script = (name) => new Script(readFileSync(join(__dirname, name), "utf8"), { filename: `snowflake:${name}` });
const HANDLER_API = script("handlerApi.cjs");
const STATEMENTS_API = script("statementsApi.cjs");

/** Milliseconds that reading a body may take; that of a table function is an expression, which is evaluated. */
const COMPILATION = 5_000;

/** Where the sandbox keeps what a call starts; not among the names that a handler sees. */
const START = 'globalThis[Symbol.for("snowflake:run")]';

/**
 * The body becomes a function of the routine's name, as it does on Snowflake; that of a table function is an object. Its first line is line 1.
 * Answers a function from rows of arguments as JSON to the answers as JSON: `{value}` or `{thrown}`. Given milliseconds it throws
 * ERR_SCRIPT_EXECUTION_TIMEOUT when the call takes longer. Throws the SyntaxError of a body that cannot be read.
 */
exports.compileHandler = ({ name, parameters, body, answer, columns }, call) => {
  const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
  const read = (source) =>
    new Script(source, { filename: "snowflake:handler", lineOffset: -1 }).runInContext(context, {
      timeout: COMPILATION,
    });
  if (!columns) read(`function ${name}(${parameters.map((parameter) => parameter.name).join(", ")}) {\n${body}\n}`);
  const handler = columns ? read(`(\n${body}\n)`) : new Script(name).runInContext(context);
  const statementsApi = call && STATEMENTS_API.runInContext(context);
  HANDLER_API.runInContext(context)(handler, { parameters, answer, columns }, statementsApi, call);
  return (rows, timeout) =>
    new Script(`${START}(${JSON.stringify(rows)})`).runInContext(context, timeout ? { timeout } : {});
};
