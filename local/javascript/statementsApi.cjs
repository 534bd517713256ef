// What executes statements: `snowflake.createStatement`, `snowflake.execute` and the objects they answer. Runs inside the sandbox of a
// procedure. `read` turns a text into a value; `call` asks the server for something, JSON both ways, and waits for its answer.
// Source: https://docs.snowflake.com/en/developer-guide/stored-procedure/stored-procedures-api
(function statementsApi(read, call) {
  "use strict";
  const { parse, stringify } = JSON;
  const HANDLER_FRAME = /snowflake:handler:(\d+):(\d+)/;

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

  /** A cell of a result; its timestamps (t) are more than a Date. */
  const readCell = (kind, text) => (kind === "t" ? SfDate.of(text) : read(kind, text));

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
      return text === null ? null : readCell(this.#result.columns[place].kind, text);
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

  function commandOf(given, method) {
    const { sqlText, binds = [] } = Object(given);
    if (typeof sqlText !== "string" || sqlText.trim() === "")
      throw wrong('sqlText is missing or empty; pass {sqlText: "…", binds: […]}', method);
    return { sqlText, binds: Array.from(binds, (value, i) => bindOf(value, i, method)) };
  }

  return {
    methods: {
      createStatement(command) {
        return new Statement(commandOf(command, "Snowflake.createStatement"));
      },
      execute(command) {
        return new ResultSet(ask({ do: "execute", ...commandOf(command, "Snowflake.execute") }, "Snowflake.execute"));
      },
    },
    /** What the server or a method refused; undefined for what the handler threw itself. */
    refusalOf: (thrown) =>
      thrown instanceof ProcedureError ? { refused: thrown.message, trace: thrown.stackTraceTxt } : undefined,
  };
});
