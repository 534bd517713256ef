import { describeCases } from "./support";

const fn = (signature: string, body: string, returns = "VARCHAR") =>
  `CREATE OR REPLACE FUNCTION ${signature} RETURNS ${returns} LANGUAGE JAVASCRIPT AS $$${body}$$`;

const uncaught = (name: string, definition: string, said: string) => ({
  name,
  sql: [definition, "SELECT f()"],
  error: { code: "100132", sqlState: "P0000", message: `JavaScript execution error: Uncaught ${said}` },
});

const refused = (name: string, sql: string, message: string) => ({ name, sql, error: { code: "002040", message } });

/** Source: https://docs.snowflake.com/en/developer-guide/udf/javascript/udf-javascript-scalar-functions, …/udf-javascript-limitations */
describeCases("handlers in JavaScript", [
  {
    name: "are functions of the routine's name that take its arguments",
    sql: [
      fn(
        'fa(x FLOAT, "y" VARCHAR)',
        "return [arguments.length, typeof X, typeof globalThis.X, y, this === globalThis, FA.length].join('|');",
      ),
      "SELECT fa(2, 'b')",
    ],
    value: "2|number|undefined|b|true|2",
  },
  {
    name: "may call themselves",
    sql: [fn("rec(n FLOAT)", "return N <= 1 ? 1 : N * REC(N - 1);", "FLOAT"), "SELECT rec(5)"],
    value: "120",
  },
  {
    name: "of a function can log and cannot execute",
    sql: [
      fn(
        "fs()",
        "snowflake.log('info', 'x'); return typeof snowflake.execute + ' ' + Object.getOwnPropertyNames(snowflake).length;",
      ),
      "SELECT fs()",
    ],
    value: "undefined 0",
  },
  {
    name: "live in the zone of the session",
    sql: [
      fn("fz(t TIMESTAMP_NTZ)", "return T.getHours() + ' ' + Intl.DateTimeFormat().resolvedOptions().timeZone;"),
      "ALTER SESSION SET TIMEZONE = 'Asia/Tokyo'",
      "SELECT fz('2024-03-10 02:30:00')",
    ],
    value: "2 Asia/Tokyo",
  },
  {
    name: "give dates, times and bytes back",
    sql: [
      fn("fd(d DATE)", "D.setDate(D.getDate() + 1); return D;", "DATE"),
      fn("ft(t TIMESTAMP_NTZ)", "return T;", "TIMESTAMP_NTZ"),
      fn("fb(b BINARY)", "return Uint8Array.from(B).reverse();", "BINARY"),
      "SELECT TO_VARCHAR(fd('2024-02-28')), TO_VARCHAR(ft('2024-03-10 02:30:00.123')), TO_VARCHAR(fb(TO_BINARY('0A0B0C')))",
    ],
    rows: [["2024-02-29", "2024-03-10 02:30:00.123", "0C0B0A"]],
  },
  uncaught(
    "tell where they failed: the line as written and the place in it",
    fn("f()", "var a = 1;\nvar b = 2;\n  return null.x;"),
    "TypeError: Cannot read properties of null (reading 'x') in F at '  return null.x;' position 14\nstackstrace: \nF line: 3",
  ),
  uncaught(
    "tell of an error where it was thrown, not where it was made",
    fn("f()", "var e = new Error('m'); e.name = 'Custom'; throw e;"),
    "Custom: m in F at 'var e = new Error('m'); e.name = 'Custom'; throw e;' position 43\nstackstrace: \nF line: 1",
  ),
  uncaught(
    "tell of a text that was thrown",
    fn("f()", "  throw 'str';"),
    "str in F at '  throw 'str';' position 2\nstackstrace: \nF line: 1",
  ),
  uncaught(
    "tell of an object that was thrown",
    fn("f()", "throw {a: 1};"),
    "#<Object> in F at 'throw {a: 1};' position 0\nstackstrace: \nF line: 1",
  ),
  uncaught(
    "tell of the functions that an error passed",
    fn("f()", "function inner() { return null.q; } return inner();"),
    "TypeError: Cannot read properties of null (reading 'q') in F at 'function inner() { return null.q; } return inner();' position 31\nstackstrace: \ninner line: 1\nF line: 1",
  ),
  {
    name: "know an argument in capitals alone, unless it was quoted",
    sql: [fn("twice(x FLOAT)", "return x * 2;", "FLOAT"), "SELECT twice(2)"],
    error: {
      code: "100132",
      message:
        "JavaScript execution error: Uncaught ReferenceError: x is not defined in TWICE at 'return x * 2;' position 0\nstackstrace: \nTWICE line: 1",
    },
  },
  {
    name: "that are no JavaScript are refused when they are called",
    sql: [fn("unreadable()", "var x = ;\nreturn 1;"), "SELECT unreadable()"],
    error: {
      code: "100131",
      sqlState: "P0000",
      message:
        "JavaScript compilation error: Uncaught SyntaxError: Unexpected token ';' in UNREADABLE at 'var x = ;' position 8",
    },
  },
  refused(
    "take no NUMBER",
    fn("n(x NUMBER(10,2))", "return 1;"),
    "Language JAVASCRIPT does not support type 'NUMBER(10,2)' for argument or return type.",
  ),
  refused(
    "give no TIME",
    fn("n()", "return 1;", "TIME"),
    "Language JAVASCRIPT does not support type 'TIME(9)' for argument or return type.",
  ),
  refused("have no reserved word for a name", fn('"delete"()', "return 1;"), "Invalid UDF function name: 'delete'"),
  refused(
    "have no arguments that JavaScript cannot declare",
    'CREATE PROCEDURE pz("my arg" FLOAT, "class" FLOAT, ok FLOAT) RETURNS VARCHAR LANGUAGE JAVASCRIPT AS $$return 1;$$',
    "Invalid argument name(s): 'my arg, class'",
  ),
]);
