import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

function dialect(args: string[], input = ""): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "ts-node/register/transpile-only", "cli/dialect.ts", ...args],
    { cwd: ROOT, input, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined } },
  );
  return { status, out: stdout, err: stderr };
}

const answers = (out: string): unknown[] =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("dialect parse", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "dialect-test-"));
  });
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it("judges the others when some files cannot be read, names each of those, and exits with 2", () => {
    const missing = join(folder, "missing.sql");
    const right = file("right.sql", "select 1");
    const { status, out, err } = dialect(["parse", missing, folder, right]);
    assert.deepEqual(
      [status, out, err],
      [
        2,
        `${right}: 1 statement read, no mistake\n`,
        `No file ${missing}.\n${folder} is a folder; name the files in it.\n`,
      ],
    );
    assert.deepEqual(dialect(["parse", "--jsonl", missing]), { status: 2, out: "", err: `No file ${missing}.\n` });
    assert.deepEqual(dialect(["refreshability", missing]), { status: 2, out: "", err: `No file ${missing}.\n` });
    assert.equal(dialect(["parse", "--no-such-option"]).status, 2);
  });

  it("shows each mistake of a file with its line, a caret and what was expected, and goes on behind the semicolon", () => {
    const path = file("wrong.sql", "\uFEFFselect 1;\nalter table t\n\trename 1;\nselect a,, b from t;\nselect 2;\n");
    const { status, out } = dialect(["parse", path]);
    assert.equal(status, 1);
    assert.equal(
      out,
      [
        `${path}:3:9 001003 (42000): SQL compilation error:`,
        "syntax error line 3 at position 8 unexpected '1'.",
        "2 | alter table t",
        "3 |  rename 1;",
        "  |         ^",
        "expected TO, COLUMN, CONSTRAINT",
        "",
        `${path}:4:10 001003 (42000): SQL compilation error:`,
        "syntax error line 4 at position 9 unexpected ','.",
        "3 |  rename 1;",
        "4 | select a,, b from t;",
        "  |          ^",
        "expected an expression, FROM, INTO, ')', ';'",
        "",
        `${path}: 2 statements read, 2 with a mistake`,
        "",
      ].join("\n"),
    );
  });

  it("points into the body of a procedure where it stands in the file", () => {
    const path = file(
      "body.sql",
      "create procedure p() returns int language sql as $$\nbegin\n  if (a) select 1; end if;\nend $$;\n",
    );
    const { status, out } = dialect(["parse", path]);
    assert.equal(status, 1);
    assert.ok(out.startsWith(`${path}:3:10 001003 (42000)`), out);
    assert.ok(out.includes("3 |   if (a) select 1; end if;\n  |          ^^^^^^\n"), out);
  });

  it("is content with what is Snowflake SQL, also from standard input", () => {
    const { status, out } = dialect(["parse", "-"], "select 1; create view v as select 2");
    assert.deepEqual([status, out], [0, "-: 2 statements read, no mistake\n"]);
  });

  it("answers every line of JSON Lines with one line, whatever stands in it", () => {
    const lines = [
      { id: 1, sql: "select 1; create table t (a int)" },
      { id: "b", sql: "select 1;\nselect from t" },
      { id: 3 },
    ].map((line) => JSON.stringify(line));
    const { status, out } = dialect(
      ["parse", "--jsonl", "-"],
      `\uFEFF${lines.join("\n")}\n\nnot json\n{"id":5,"sql":"drop table t"}`,
    );
    assert.equal(status, 0);
    const [first, second, third, fourth, fifth] = answers(out);
    assert.deepEqual(first, { id: 1, ok: true, statements: [{ kind: "Query" }, { kind: "CreateTable" }] });
    assert.deepEqual(second, {
      id: "b",
      ok: false,
      statements: [{ kind: "Query" }],
      error: {
        code: "001003",
        message: "SQL compilation error:\nsyntax error line 2 at position 7 unexpected 'from'.",
        line: 2,
        column: 8,
        expected: ["an expression", "ALL", "DISTINCT", "TOP"],
      },
    });
    assert.deepEqual(third, {
      id: 3,
      ok: false,
      error: { message: 'line 3: expected {"id": …, "sql": "…"}, found no text in sql' },
    });
    assert.match(JSON.stringify(fourth), /^\{"id":null,"ok":false,"error":\{"message":"line 5 is not JSON: /);
    assert.deepEqual(fifth, { id: 5, ok: true, statements: [{ kind: "Drop", objectType: "TABLE" }] });
  });

  it("says what it needs", () => {
    const { status, err } = dialect(["parse"]);
    assert.deepEqual([status, err], [2, "Name at least one SQL file, or - for standard input.\n"]);
  });
});

describe("dialect refreshability", () => {
  it("shows the mistake of a text that is no query", () => {
    const { status, out, err } = dialect(["refreshability", "-"], "select a from");
    assert.deepEqual(
      [status, out.split("\n").slice(0, 2), err],
      [
        1,
        ["-:1:14 001003 (42000): SQL compilation error:", "syntax error line 1 at position 13 unexpected '<EOF>'."],
        "",
      ],
    );
  });

  it("shows what forces FULL, with the fix and the page of the rule", () => {
    const { status, out } = dialect(["refreshability", "-"], "select a\nfrom t\nlimit 10");
    assert.equal(status, 1);
    assert.equal(
      out,
      [
        "-: FULL",
        "",
        "-:3:1 LIMIT does not refresh incrementally.",
        "2 | from t",
        "3 | limit 10",
        "  | ^^^^^^^^",
        "  fix: Leave the dynamic table unlimited and put the limit into the query or view that reads it; for the first rows of each group use QUALIFY ROW_NUMBER() OVER (PARTITION BY … ORDER BY …) <= n.",
        "  rule: https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries",
        "",
      ].join("\n"),
    );
  });

  it("answers JSON Lines of queries and of CREATE DYNAMIC TABLE", () => {
    const lines = [
      { id: 1, query: "select a, count(*) as n from t group by a" },
      { id: 2, query: "create dynamic table d target_lag = '1 hour' warehouse = w as select random() as r from t" },
      { id: 3, query: "select a from" },
      { id: 4, query: "drop table t" },
    ].map((line) => JSON.stringify(line));
    const [first, second, third, fourth] = answers(
      dialect(["refreshability", "--jsonl", "-"], lines.join("\n")).out,
    ) as {
      mode?: string;
      reasons?: { message: string; line: number; column: number; fix: string }[];
      error?: { message: string };
    }[];
    assert.deepEqual(first, { id: 1, mode: "INCREMENTAL", reasons: [], notes: [] });
    assert.equal(second?.mode, "FULL");
    assert.deepEqual(
      second?.reasons?.map(({ message, line, column, fix }) => [message, line, column, fix.length > 10]),
      [["RANDOM is not deterministic and does not refresh incrementally.", 1, 70, true]],
    );
    assert.equal(
      third?.error?.message,
      "SQL compilation error:\nsyntax error line 1 at position 13 unexpected '<EOF>'.",
    );
    assert.equal(
      fourth?.error?.message,
      "SQL compilation error:\nexpected a query or CREATE DYNAMIC TABLE … AS query, found Drop",
    );
  });
});
