import assert from "node:assert/strict";
import { columnLineage, locate, parseQuery } from "../../../dialect/index";

const TABLES: Record<string, string[]> = {
  T: ["A", "B", "C"],
  U: ["A", "D"],
  "X.Y.Z": ["K", "V"],
};

const lineage = (sql: string) => columnLineage(parseQuery(sql), (table) => TABLES[table.join(".")]);

/** `NAME = T.A` for a column taken over, `NAME < T.A, T.B` for one that is computed. */
function columns(sql: string): string[] {
  const { columns: found, problems } = lineage(sql);
  assert.deepEqual(problems, [], sql);
  return found.map(({ name = "", sources, direct }) =>
    [name, direct ? "=" : "<", sources.map(({ table, column }) => `${table.join(".")}.${column}`).join(", ")]
      .join(" ")
      .trim(),
  );
}

function check(cases: Record<string, string[]>): void {
  for (const [sql, expected] of Object.entries(cases)) assert.deepEqual(columns(sql), expected, sql);
}

describe("the lineage of columns", () => {
  it("tells what is taken over from what is computed", () => {
    check({
      "select a, b as x, (c), a + b as s, upper('x') as k, 1 from t": [
        "A = T.A",
        "X = T.B",
        "= T.C",
        "S < T.A, T.B",
        "K <",
        "<",
      ],
      "select t.a, z.k, y.z.v from t, x.y.z": ["A = T.A", "K = X.Y.Z.K", "V = X.Y.Z.V"],
    });
  });
  it("leaves out what only chooses and sorts rows", () => {
    check({ "select a from t join u using (a) where b > 1 group by a having max(c) > 1 order by d": ["A = T.A, U.A"] });
  });
  it("goes through common table expressions, subqueries and aliases", () => {
    check({
      "with x (p, q) as (select a, b || c from t), y as (select q as r, p from x) select r, y.p from y": [
        "R < T.B, T.C",
        "P = T.A",
      ],
      "select s.m from (select max(a) as m, b from t group by b) s": ["M < T.A"],
      "select n from (select a, b from t) as s (m, n)": ["N = T.B"],
      "select (select max(d) from u where u.a = t.a) as m from t": ["M < U.D"],
      "select a in (select d from u) as x, exists (select 1 from u) as y from t": ["X < T.A, U.D", "Y <"],
    });
  });
  it("uses other items of the same list, after the columns of the tables", () => {
    check({ "select a + 1 as e, e * 2 as f, b as a, a as g from t": ["E < T.A", "F < T.A", "A = T.B", "G = T.A"] });
  });
  it("follows both sides of set operators", () => {
    check({
      "select a, b from t union all select d, a from u": ["A = T.A, U.D", "B = T.B, U.A"],
      "select a, b from t union by name select d, a from u": ["A = T.A, U.A", "B = T.B", "D = U.D"],
      "with r as (select a, 1 as n from t union all select u.d, n + 1 from r join u on r.a = u.a) select a, n from r": [
        "A = T.A, U.D",
        "N <",
      ],
      "with r as (select a, b, c from t union all select b, a || b, c || b from r) select * from r": [
        "A < T.A, T.B",
        "B < T.B, T.A",
        "C < T.C, T.B, T.A",
      ],
    });
  });
  it("follows the left side alone of EXCEPT and INTERSECT, whose right side chooses rows", () => {
    check({
      "select a from t minus select a from u": ["A = T.A"],
      "select a, b from t intersect select d, a from u": ["A = T.A", "B = T.B"],
    });
  });
  it("resolves names that stand in a literal, and tells of others", () => {
    check({
      "select identifier('b'), k from t, identifier('x.y.z') z": ["= T.B", "K = X.Y.Z.K"],
      "select v from table('x.y.z')": ["V = X.Y.Z.V"],
      "select * from identifier('x.y.z')": ["K = X.Y.Z.K", "V = X.Y.Z.V"],
    });
    const { problems } = lineage("select identifier($v) from t");
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["the column is known at run time only"],
    );
  });
  it("does not follow an expression that WITH names, and says so", () => {
    const { columns, problems } = lineage("with n as (t.a + 1) select n, b from t");
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["the columns behind 'N' of WITH are not followed"],
    );
    assert.deepEqual(
      columns.map(({ sources }) => sources.length),
      [0, 1],
    );
  });
  it("takes the columns of a table function from its alias, and tells where a star hides them", () => {
    check({
      "select f.p, q from t, table(mine(t.a)) as f (p, q)": ["P < T.A", "Q < T.A"],
      "select * from t, table(mine(t.a)) as f (p)": ["A = T.A", "B = T.B", "C = T.C", "P < T.A"],
      "select * from t, table(generator(rowcount => 1))": ["A = T.A", "B = T.B", "C = T.C"],
    });
    const told = (sql: string) => lineage(sql).problems.map(({ message }) => message);
    assert.deepEqual(told("select * from table(mine(1)) f"), ["the columns of F are not known"]);
    assert.deepEqual(told("select object_construct(*) from table(mine(1))"), ["the columns of MINE are not known"]);
    assert.deepEqual(told("select * from @s"), ["the columns of staged files are not known"]);
    assert.deepEqual(told("select count(*) from @s"), []);
  });
  it("expands stars with what they leave out, replace and rename", () => {
    check({
      "select * from t": ["A = T.A", "B = T.B", "C = T.C"],
      "select * exclude (b) rename (c as d) from t": ["A = T.A", "D = T.C"],
      "select * replace (a || b as a) from t": ["A < T.A, T.B", "B = T.B", "C = T.C"],
      "select * ilike '%b%' from t": ["B = T.B"],
      "select u.* from t, u": ["A = U.A", "D = U.D"],
      "select * from t join u using (a)": ["A = T.A, U.A", "B = T.B", "C = T.C", "D = U.D"],
      "select * from u as x join t as y using (a)": ["A = U.A, T.A", "D = U.D", "B = T.B", "C = T.C"],
      "select * from (select d, a from u) join t using (a)": ["A = U.A, T.A", "D = U.D", "B = T.B", "C = T.C"],
      "select * from (t join u using (a)) as j": ["A = T.A, U.A", "B = T.B", "C = T.C", "D = U.D"],
      "select * from u as o, t join u using (a)": [
        "A = U.A",
        "D = U.D",
        "A = T.A, U.A",
        "B = T.B",
        "C = T.C",
        "D = U.D",
      ],
      "select * from t natural join u": ["A = T.A, U.A", "B = T.B", "C = T.C", "D = U.D"],
      "select count(*) as n, object_construct(u.*) as o from u": ["N <", "O < U.A, U.D"],
    });
  });
  it("knows the columns of FLATTEN, VALUES, PIVOT, UNPIVOT and row patterns", () => {
    check({
      "select f.value:x as v, index from t, lateral flatten(input => t.c) f": ["V < T.C", "INDEX < T.C"],
      "select column1, w from (values (1, 2)) as v (p, w), (values (3))": ["COLUMN1 <", "W <"],
      "select a, \"'x'\" from t pivot (sum(b) for c in ('x', 'y'))": ["A = T.A", "'x' < T.B"],
      "select a, n, v from t unpivot (v for n in (b, c))": ["A = T.A", "N <", "V < T.B, T.C"],
      "select * from t match_recognize (partition by a order by b measures last(up.c) as m pattern (up+) define up as c > 1)":
        ["A = T.A", "M < T.C"],
    });
  });
  it("takes date parts and arguments of lambdas for no columns", () => {
    check({
      "select dateadd(day, 1, a) as x, datediff(hour, b, c) as y, date_trunc(month, a) as z from t": [
        "X < T.A",
        "Y < T.B, T.C",
        "Z < T.A",
      ],
      "select transform(a, x int -> x + b) as y from t": ["Y < T.A, T.B"],
      "select level, sys_connect_by_path(a, '/') as p from t start with a = 1 connect by prior a = b": [
        "LEVEL <",
        "P < T.A",
      ],
    });
  });
  it("takes a table that is not known to have every column asked of it", () => {
    check({
      "select a, w.b from s.w": ["A = S.W.A", "B = S.W.B"],
      "select $1 as c from @stage": ["C <"],
      "select a || b as a, a as x, b as y, y as z from w": ["A < W.A, W.B", "X = W.A", "Y = W.B", "Z = W.B"],
    });
  });
  it("says which names mean nothing or too much", () => {
    const problems = (sql: string): string[] =>
      lineage(sql).problems.map(({ message, span }) => `${locate(sql, span.start).column} ${message}`);
    assert.deepEqual(problems("select x, t.d, v.a from t"), [
      "8 invalid identifier 'X'",
      "11 invalid identifier 'T.D'",
      "16 invalid identifier 'V.A'",
    ]);
    assert.deepEqual(problems("select a from t, u"), ["8 ambiguous column name 'A'"]);
    assert.deepEqual(problems("select * from w"), ["8 the columns of W are not known"]);
    assert.deepEqual(problems("select a from identifier($x)"), ["15 the table is known at run time only"]);
  });
  it("keeps what a pivot neither turns nor sums up, whatever it is made of", () => {
    check({
      "select * from (select a, b, c, c as d, b || 'x' as e from t) pivot (sum(c) for b in ('J' as j))": [
        "A = T.A",
        "D = T.C",
        "E < T.B",
        "J < T.C",
      ],
    });
  });
  it("knows the symbols of a row pattern that are not defined, and those of SUBSET", () => {
    check({
      "select * from t match_recognize (partition by a order by b measures first(x.c) as f, sum(z.b) as s pattern (x+ y) subset z = (x, y) define y as y.c > 1)":
        ["A = T.A", "F < T.C", "S < T.B"],
    });
  });
  it("does not choose between two columns of one name in a subquery", () => {
    const { problems } = lineage("select s.a from (select t.a, u.a from t, u) s");
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["ambiguous column name 'A'"],
    );
  });
  it("computes what a function answers from all columns of the tables that it is handed", () => {
    check({
      "select x from table(f(table(t) partition by a)) as f(x)": ["X < T.A, T.B, T.C"],
      "with w2 as (select a as y from t) select x from table(f(table(w2))) as f(x)": ["X < T.A"],
      "select x from table(m!g(input => table(select b from t), k => 1)) as f(x)": ["X < T.B"],
    });
  });
  it("merges the keys of USING and NATURAL once, those of tables it does not know too", () => {
    check({
      "select * from t natural join u natural join t as v": ["A = T.A, U.A", "B = T.B", "C = T.C", "D = U.D"],
      "select a, x from w join t using (a)": ["A = W.A, T.A", "X = W.X"],
      "select a from w join w2 using (a)": ["A = W.A, W2.A"],
    });
    const { problems } = lineage("select a from t join u using (a), t as v");
    assert.deepEqual(
      problems.map(({ message }) => message),
      ["ambiguous column name 'A'"],
    );
  });
  it("goes through thousands of joins in time", () => {
    const tables = Array.from({ length: 8000 }, (_, i) => `t as t${i}`);
    const { columns } = lineage(`select t0.a, t7999.b from ${tables.join(" join ")}`);
    assert.equal(columns.length, 2);
  });
});
