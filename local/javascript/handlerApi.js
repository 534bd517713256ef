// What a handler sees beside the language itself. This text runs inside the sandbox, once for each handler, and shares no object with
// the server: texts go in, texts come out. `call`, for procedures alone, asks the server for something and waits for its answer.
// Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-api
(function install(handler, kinds, answer, call) {
  const { parse, stringify } = JSON;
  const HANDLER_FRAME = /snowflake:handler:(\d+):(\d+)/;
  const LEVELS = ["off", "trace", "debug", "info", "warn", "error", "fatal"];
  const SPECIAL = { inf: Infinity, "-inf": -Infinity, nan: NaN };

  const bytes = (hex) => Uint8Array.from({ length: hex.length / 2 }, (_, i) => parseInt(hex.substr(2 * i, 2), 16));
  const hex = (array) => Array.from(array, (byte) => byte.toString(16).padStart(2, "0")).join("");

  /** A value of SQL. Kinds: n number, s text, b boolean, j JSON, d milliseconds of a Date, t a timestamp of a result, x bytes. */
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
      case "t":
        return SfDate.of(text);
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

  /** What the server refused, or what a method was asked wrongly: without a name, so that it prints as its message. */
  class ProcedureError extends Error {
    constructor({ code, state, message }, method) {
      super(message);
      const [, line, column] = HANDLER_FRAME.exec(this.stack) ?? [];
      this.code = code;
      this.state = state;
      this.stackTraceTxt = `${method}, line ${line} position ${column - 1}`;
      Object.defineProperty(this, "name", { value: "", enumerable: false });
    }
  }

  const wrong = (message, method) => new ProcedureError({ code: 100183, state: "P0000", message }, method);

  function ask(request, method) {
    const { error, ...answered } = parse(call(stringify(request)));
    if (error) throw new ProcedureError(error, method);
    return answered;
  }

  class SfDate extends Date {
    #nanos = 0;
    #offset = 0;
    #scale = 9;
    static of(text) {
      const [millis, nanos, offset, scale] = text.split(" ").map(Number);
      const date = new SfDate(millis);
      date.#nanos = nanos;
      date.#offset = offset;
      date.#scale = scale;
      return date;
    }
    getEpochSeconds() {
      return Math.floor(this.getTime() / 1000);
    }
    getNanoSeconds() {
      return this.#nanos;
    }
    getScale() {
      return this.#scale;
    }
    /** Minutes ahead of UTC. */
    getTimezone() {
      return this.#offset;
    }
  }

  /** A value that stands for `?`. */
  function bindOf(value, index, method) {
    if (value === null) return { kind: "s", text: null };
    if (typeof value === "number") return { kind: "n", text: String(value) };
    if (typeof value === "string") return { kind: "s", text: value };
    if (value instanceof SfDate) return { kind: "d", text: value.toISOString() };
    throw wrong(`Unsupported type for binding argument ${index + 1}${String(value)}`, method);
  }

  /** The place of a column among those of a result, by its number from 1 or by its name. */
  function placeOf(columns, column, method) {
    const place = typeof column === "number" ? column - 1 : columns.findIndex(({ name }) => name === column);
    if (!columns[place]) throw wrong(`Given column name/index does not exist: ${column}`, method);
    return place;
  }

  class ResultSet {
    #result;
    #rows = [];
    #next = 0;
    #fetched = 0;
    #row;
    constructor(result) {
      this.#result = result;
      for (const { name } of result.columns)
        if (!(name in this)) Object.defineProperty(this, name, { get: () => this.getColumnValue(name) });
    }
    next() {
      if (this.#next === this.#rows.length && this.#fetched < this.#result.rowCount) {
        this.#rows = ask({ do: "fetch", handle: this.#result.handle }, "ResultSet.next").rows;
        this.#fetched += this.#rows.length;
        this.#next = 0;
      }
      this.#row = this.#rows[this.#next];
      if (this.#row) this.#next++;
      return this.#row !== undefined;
    }
    #cell(column, method) {
      if (!this.#row) throw wrong("ResultSet is empty or not prepared, call next() first", method);
      const place = placeOf(this.#result.columns, column, method);
      return { place, text: this.#row[place] };
    }
    getColumnValue(column) {
      const { place, text } = this.#cell(column, "ResultSet.getColumnValue");
      return text === null ? null : read(this.#result.columns[place].kind, text);
    }
    getColumnValueAsString(column) {
      const { place, text } = this.#cell(column, "ResultSet.getColumnValueAsString");
      if (text === null) return null;
      const { handle } = this.#result;
      return ask(
        { do: "print", handle, row: this.#fetched - this.#rows.length + this.#next - 1, place },
        "ResultSet.getColumnValueAsString",
      ).text;
    }
    getColumnCount() {
      return this.#result.columns.length;
    }
    getColumnSqlType(column) {
      return this.#result.columns[placeOf(this.#result.columns, column, "ResultSet.getColumnSqlType")].sqlType;
    }
    getRowCount() {
      return this.#result.rowCount;
    }
    getNumRowsAffected() {
      return this.#result.affected;
    }
    getQueryId() {
      return this.#result.queryId;
    }
  }

  class Statement {
    #command;
    #result;
    constructor(command) {
      this.#command = command;
    }
    execute() {
      this.#result = ask({ do: "execute", ...this.#command }, "Statement.execute");
      return new ResultSet(this.#result);
    }
    getSqlText() {
      return this.#command.sqlText;
    }
    /** Of the execution, for the methods below. */
    _result(method) {
      if (!this.#result) throw wrong("Statement is not executed yet.", `Statement.${method}`);
      return this.#result;
    }
    _column(column, method) {
      const { columns } = this._result(method);
      return columns[placeOf(columns, column, `Statement.${method}`)];
    }
  }

  const methods = (ofResult, ofColumn) => {
    for (const [name, value] of Object.entries(ofResult))
      Statement.prototype[name] = { [name]() { return value(this._result(name)); } }[name]; // biome-ignore format: a method that carries its own name
    for (const [name, value] of Object.entries(ofColumn))
      Statement.prototype[name] = { [name](column) { return value(this._column(column, name)); } }[name]; // biome-ignore format: as above
  };
  const isOf =
    (...types) =>
    ({ sqlType }) =>
      types.includes(sqlType);
  const JAVASCRIPT_TYPES = {
    n: "number",
    s: "string",
    b: "number",
    j: "JSON",
    d: "date",
    t: "SfDate",
    x: "Uint8Array",
  };
  methods(
    {
      getColumnCount: ({ columns }) => columns.length,
      getRowCount: ({ rowCount }) => rowCount,
      getQueryId: ({ queryId }) => queryId,
      getNumRowsAffected: ({ affected }) => affected,
      getNumRowsInserted: ({ inserted }) => inserted,
      getNumRowsUpdated: ({ updated }) => updated,
      getNumRowsDeleted: ({ deleted }) => deleted,
      getNumDuplicateRowsUpdated: ({ duplicates }) => duplicates,
    },
    {
      getColumnName: ({ name }) => name,
      getColumnScale: ({ scale }) => scale,
      getColumnSqlType: ({ sqlType }) => sqlType,
      getColumnType: ({ kind }) => JAVASCRIPT_TYPES[kind],
      isColumnNullable: ({ nullable }) => nullable,
      isColumnText: isOf("TEXT"),
      isColumnArray: isOf("ARRAY"),
      isColumnBinary: isOf("BINARY"),
      isColumnBoolean: isOf("BOOLEAN"),
      isColumnDate: isOf("DATE"),
      isColumnNumber: isOf("FIXED", "REAL"),
      isColumnObject: isOf("OBJECT"),
      isColumnTime: isOf("TIME"),
      isColumnTimestamp: isOf("TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP_TZ"),
      isColumnVariant: isOf("VARIANT"),
    },
  );

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

  function commandOf(given, method) {
    const { sqlText, binds = [] } = Object(given);
    if (typeof sqlText !== "string" || sqlText.trim() === "")
      throw wrong('sqlText is missing or empty; pass {sqlText: "…", binds: […]}', method);
    return { sqlText, binds: Array.from(binds, (value, i) => bindOf(value, i, method)) };
  }

  if (call)
    Object.assign(Snowflake.prototype, {
      createStatement(command) {
        return new Statement(commandOf(command, "Snowflake.createStatement"));
      },
      execute(command) {
        return new ResultSet(ask({ do: "execute", ...commandOf(command, "Snowflake.execute") }, "Snowflake.execute"));
      },
    });

  class SnowflakeLogger extends Snowflake {}
  const globals = { Snowflake, SnowflakeLogger, snowflake: new Snowflake(), snowflakeLogger: new SnowflakeLogger() };
  globals._c_snowflake_logger = globals.snowflakeLogger;
  for (const [name, value] of Object.entries(globals)) if (!Object.hasOwn(globalThis, name)) globalThis[name] = value;

  /** How an uncaught value reads. */
  function described(thrown) {
    if (thrown instanceof ProcedureError) return { refused: thrown.message, trace: thrown.stackTraceTxt };
    if (thrown instanceof Error) return { text: Error.prototype.toString.call(thrown), stack: String(thrown.stack) };
    const isPlain = typeof thrown === "object" && thrown !== null;
    return { text: isPlain ? `#<${thrown.constructor?.name ?? "Object"}>` : String(thrown), stack: "" };
  }

  function run(texts) {
    try {
      const args = parse(texts).map((text, i) => read(kinds[i], text));
      return stringify({ value: write(answer, handler(...args)) });
    } catch (thrown) {
      return stringify({ thrown: described(thrown) });
    }
  }
  Object.defineProperty(globalThis, Symbol.for("snowflake:run"), { value: run });
});
