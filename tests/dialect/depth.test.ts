import assert from "node:assert/strict";
import {
  columnLineage,
  objectAccess,
  parseStatements,
  print,
  refreshability,
  visit,
  volatility,
} from "../../dialect/index";

const NESTED: Record<string, string> = {
  parentheses: `select ${"(".repeat(10_000)}1${")".repeat(10_000)}`,
  subqueries: "select * from (".repeat(10_000),
  "parentheses in FROM": `select * from ${"(".repeat(10_000)}t`,
  NOT: `select ${"not ".repeat(10_000)}a`,
  signs: `select ${"- ".repeat(10_000)}1`,
  CASE: `select ${"case when a then ".repeat(10_000)}`,
  calls: `select ${"f(".repeat(10_000)}`,
  POSITION: `select ${"position(".repeat(10_000)}`,
  arrays: `select ${"[".repeat(10_000)}`,
  objects: `select ${"{'a': ".repeat(10_000)}`,
  lambdas: `select f(${"x -> f(".repeat(10_000)}`,
  types: `select a::${"array(".repeat(10_000)}`,
  "grouping sets": `select 1 group by ${"grouping sets (".repeat(10_000)}`,
  "common table expressions": `${"with a as (".repeat(10_000)}`,
  blocks: "begin ".repeat(10_000),
  IF: `begin ${"if (a) then ".repeat(10_000)}`,
  EXPLAIN: `${"explain ".repeat(10_000)}select 1`,
  tasks: `${"create task t as ".repeat(10_000)}select 1`,
  properties: `create stage s file_format = (${"a = (".repeat(10_000)}`,
};

describe("ten thousand levels", () => {
  for (const [what, sql] of Object.entries(NESTED)) {
    it(`of ${what} are an error and no overflow`, () => {
      const { errors } = parseStatements(sql, { maxErrors: 1 });
      assert.match(errors[0]?.message ?? "", /The text is nested deeper than 400 levels\.$/);
    });
  }
});

const CHAINS: Record<string, string> = {
  additions: `select 1${"+1".repeat(50_000)}`,
  conditions: `select a${" or a = 1".repeat(50_000)}`,
  unions: `select 1${" union all select 1".repeat(20_000)}`,
  joins: `select * from a${" join a on 1 = 1".repeat(20_000)}`,
  casts: `select a${"::int".repeat(50_000)}`,
  paths: `select a:b${".c".repeat(50_000)}`,
  "list items": `select a in (${"1, ".repeat(50_000)}1)`,
  texts: `execute immediate 'a'${" || 'a'".repeat(50_000)}`,
  sums: `begin let s int := 1${" + 1".repeat(50_000)}; execute immediate :s; end`,
  "common table expressions": `with c0 as (select a from t)${Array.from({ length: 5_000 }, (_, i) => `, c${i + 1} as (select a from c${i})`).join("")} select a from c5000`,
  "flow steps": `select 1${" ->> select 1".repeat(10_000)}`,
};

describe("long chains", () => {
  for (const [what, sql] of Object.entries(CHAINS)) {
    it(`of ${what} parse, are visited and printed`, () => {
      const { statements, errors } = parseStatements(sql);
      assert.deepEqual(errors, []);
      let nodes = 0;
      visit(statements[0]!, { enter: () => void nodes++ });
      assert.ok(nodes > 10_000);
      assert.equal(parseStatements(print(statements[0]!)).errors.length, 0);
    });

    it(`of ${what} are analysed`, () => {
      const statement = parseStatements(sql).statements[0]!;
      objectAccess(statement);
      volatility(statement);
      if (statement.kind !== "Query") return;
      refreshability(statement);
      assert.ok(columnLineage(statement, () => undefined).columns.length <= 1);
    });
  }

  it("of common table expressions are followed to the table they come from", () => {
    const statement = parseStatements(CHAINS["common table expressions"]!).statements[0]!;
    assert.ok(statement.kind === "Query");
    assert.deepEqual(columnLineage(statement, () => undefined).columns, [
      { name: "A", sources: [{ table: ["T"], column: "A" }], direct: true },
    ]);
    assert.deepEqual(
      objectAccess(statement).uses.map(({ name }) => name),
      [["T"]],
    );
  });
});
