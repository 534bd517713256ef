// What a handler sees beside the language itself. This text runs inside the sandbox, once for each handler, and shares no object with
// the server: texts go in, texts come out. `statementsApi`, for procedures alone, makes what executes statements, see there.
// Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-api
(function install(handler, signature, statementsApi, call) {
  "use strict";
  const { parameters, answer, columns } = signature;
  const { parse, stringify } = JSON;
  const LEVELS = ["off", "trace", "debug", "info", "warn", "error", "fatal"];
  const SPECIAL = { inf: Infinity, "-inf": -Infinity, nan: NaN };

  const bytes = (hex) => Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.substr(2 * i, 2), 16));
  const hex = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** A value of SQL. Kinds: n number, s text, b boolean, j JSON, d milliseconds of a Date, x bytes. */
  function read(kind, text) {
    if (text === null) return undefined;
    switch (kind) {
      case "n":
        return SPECIAL[text.toLowerCase()] ?? Number(text);
      case "b":
        return text === "true" || text === "1";
      case "j":
        return parse(text);
      case "d":
        return new Date(Number(text));
      case "x":
        return bytes(text);
      default:
        return text;
    }
  }

  /** What the server casts to the declared type. */
  function write(kind, value) {
    if (value === undefined || value === null) return null;
    switch (kind) {
      case "n":
        return typeof value === "string" ? value : String(Number(value));
      case "b":
        return typeof value === "string" ? value : String(Boolean(value));
      case "j":
        return stringify(value) ?? null;
      case "d":
        return value instanceof Date ? value.toISOString() : String(value);
      case "x":
        return value instanceof Uint8Array ? hex(value) : String(value);
      default:
        return String(value);
    }
  }

  const statements = statementsApi?.(read, call);

  class Snowflake {
    log(level, _message, _attributes) {
      if (typeof level !== "string" || !LEVELS.includes(level.toLowerCase()))
        throw new Error(`level is ${String(level)}; expected one of ${LEVELS.join(", ")}`);
    }
    addEvent(name, _attributes, ...more) {
      if (typeof name !== "string" || more.length > 0)
        throw new Error("addEvent takes a name and, if wanted, its attributes");
    }
    setSpanAttribute(key, ...value) {
      if (typeof key !== "string" || value.length !== 1) throw new Error("setSpanAttribute takes a key and a value");
    }
  }

  if (statements) Object.assign(Snowflake.prototype, statements.methods);

  class SnowflakeLogger extends Snowflake {}
  const globals = { Snowflake, SnowflakeLogger, snowflake: new Snowflake(), snowflakeLogger: new SnowflakeLogger() };
  globals._c_snowflake_logger = globals.snowflakeLogger;
  for (const [name, value] of Object.entries(globals)) if (!Object.hasOwn(globalThis, name)) globalThis[name] = value;

  /** How an uncaught value reads. */
  function described(thrown) {
    const refusal = statements?.refusalOf(thrown);
    if (refusal) return refusal;
    if (thrown instanceof Error) return { text: Error.prototype.toString.call(thrown), stack: String(thrown.stack) };
    const isPlain = typeof thrown === "object" && thrown !== null;
    return { text: isPlain ? `#<${thrown.constructor?.name ?? "Object"}>` : String(thrown), stack: "" };
  }

  const argumentsOf = (texts) => texts.map((text, i) => read(parameters[i].kind, text));

  /** One partition of a table function's rows. Source: …/developer-guide/udf/javascript/udf-javascript-tabular-functions */
  function partition(rows) {
    const written = [];
    const writer = (place) => ({
      writeRow(row) {
        written.push([place, ...columns.map(({ name, kind }) => write(kind, row[name]))]);
      },
    });
    const given = rows.map(argumentsOf);
    if (typeof handler?.processRow !== "function")
      throw new TypeError("processRow is not a function of the handler's object");
    const info = parameters.map(({ name, type, isConst }, i) => [
      name,
      { type, isConst, constValue: isConst ? given[0]?.[i] : undefined },
    ]);
    handler.initialize?.(Object.fromEntries(info), {});
    given.forEach((values, place) => {
      handler.processRow(Object.fromEntries(parameters.map(({ name }, i) => [name, values[i]])), writer(place), {});
    });
    handler.finalize?.(writer(null), {});
    return written;
  }

  function run(texts) {
    try {
      const given = parse(texts);
      const call = (row) => write(answer, handler(...argumentsOf(row)));
      return stringify({ value: columns ? partition(given) : given.map(call) });
    } catch (thrown) {
      return stringify({ thrown: described(thrown) });
    }
  }
  Object.defineProperty(globalThis, Symbol.for("snowflake:run"), { value: run });
});
