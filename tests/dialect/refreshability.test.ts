import assert from "node:assert/strict";
import { locate, parseQuery, refreshability } from "../../dialect/index";

const INCREMENTAL: Record<string, string> = {
  "filters and projections": "select a, upper(b) as b from t where c > 1",
  DISTINCT: "select distinct a from t",
  "grouping with deterministic aggregates": "select a, min(b), max_by(c, d), count(*), sum(e) from t group by a",
  "scalar aggregates": "select count(*) from t",
  "inner joins": "select * from t join u on t.a > u.a cross join v",
  "outer joins on equality": "select * from t left join u on t.a = u.a and t.b = u.b",
  "outer self-joins": "select * from t x full outer join t y on x.a = y.b",
  "outer joins by USING": "select * from t left join u using (a)",
  "UNION ALL and UNION": "select a from t union all select a from u union select a from v",
  "common table expressions": "with x as (select a from t) select * from x",
  "a name that shadows its own table": "with t as (select a from t) select * from t",
  "windows with QUALIFY": "select a from t qualify row_number() over (partition by a order by b) = 1",
  "ranks over the whole partition": "select rank() over (partition by a order by b) from t",
  "time functions in WHERE": "select a from t where ts > dateadd(day, -1, current_timestamp())",
  "time functions in HAVING and QUALIFY":
    "select a, max(ts) from t group by a having max(ts) < current_date qualify count(*) over () > 0 and current_date() > 1",
  "LATERAL FLATTEN": "select t.a, f.value, f.index from t, lateral flatten(input => t.v) f",
  "FLATTEN under a star without SEQ": "select t.*, f.* exclude (seq) from t, lateral flatten(input => t.v) f",
  "a star over another table": "select t.* from t, lateral flatten(input => t.v) f",
  "VALUES of constants": "select * from t join (values (1, 'a'), (2, 'b')) as v (x, y) on t.a = v.x",
  "approximate aggregates in SELECT":
    "select a, approx_count_distinct(b), hll(c), approx_percentile(d, 0.5), approx_top_k(e) from t group by a",
  "PIVOT with a fixed list": "select * from t pivot (sum(a) for m in ('x', 'y'))",
  "ORDER BY": "select a from t order by a",
  "row timestamps": "select a, metadata$row_last_commit_time from t",
  "language model functions in SELECT": "select ai_classify(a, ['x', 'y']), snowflake.cortex.sentiment(b) from t",
  "subqueries in FROM": "select * from (select a from (select * from t)) x",
};

const FULL: Record<string, [query: string, place: string, message: RegExp]> = {
  UUID_STRING: ["select uuid_string() from t", "1:8", /^UUID_STRING is not deterministic/],
  RANDOM: ["select a + random() from t", "1:12", /^RANDOM is not deterministic/],
  "row numbers by SEQ4": ["select seq4() from t", "1:8", /^SEQ4 is not deterministic/],
  "IN (SELECT …)": [
    "select a from t\nwhere a\n  in (select a from u)",
    "3:3",
    /^IN \(SELECT …\) is a subquery outside FROM/,
  ],
  "NOT IN (SELECT …)": ["select a from t where a not in (select a from u)", "1:25", /^NOT IN/],
  EXISTS: ["select a from t where exists (select 1 from u)", "1:23", /^EXISTS/],
  "NOT EXISTS": ["select a from t where not exists (select 1 from u)", "1:27", /^NOT EXISTS/],
  "a scalar subquery": ["select (select max(a) from u) from t", "1:8", /^\(SELECT …\) as a value/],
  "a subquery in a subquery of FROM": [
    "select * from (select a from t where a = any (select b from u)) x",
    "1:38",
    /^= ANY/,
  ],
  ANY_VALUE: ["select a, any_value(b) from t group by a", "1:11", /^ANY_VALUE is not deterministic/],
  EXCEPT: ["select a from t except select a from u", "1:17", /^EXCEPT/],
  MINUS: ["select a from t minus select a from u", "1:17", /^MINUS/],
  INTERSECT: ["select a from t\nintersect\nselect a from u", "2:1", /^INTERSECT/],
  LIMIT: ["select a from t limit 10", "1:17", /^LIMIT/],
  FETCH: ["select a from t fetch first 10 rows only", "1:17", /^FETCH/],
  TOP: ["select top 5 a from t", "1:12", /^TOP/],
  ROLLUP: ["select a from t group by rollup (a, b)", "1:26", /^GROUP BY ROLLUP/],
  CUBE: ["select a from t group by cube (a, b)", "1:26", /^GROUP BY CUBE/],
  "GROUPING SETS": ["select a from t group by grouping sets ((a), (b))", "1:26", /^GROUP BY GROUPING SETS/],
  "outer joins on inequality": [
    "select * from t left join u on t.a = u.a and t.b > u.b",
    "1:46",
    /^LEFT JOIN refreshes incrementally only with equality/,
  ],
  "WITH RECURSIVE": [
    "with recursive r as (select 1 as n union all select n + 1 from r) select * from r",
    "1:1",
    /^WITH RECURSIVE/,
  ],
  "a recursion without the word": [
    "with r as (select 1 as n union all select n + 1 from r) select * from r",
    "1:1",
    /^WITH RECURSIVE/,
  ],
  "CONNECT BY": ["select a from t start with a = 1 connect by prior a = b", "1:17", /^CONNECT BY/],
  "LATERAL subqueries": ["select * from t, lateral (select * from u where u.a = t.a) x", "1:18", /^A LATERAL subquery/],
  "table functions": [
    "select * from t, table(split_to_table(t.a, ',')) s",
    "1:18",
    /^The table function SPLIT_TO_TABLE/,
  ],
  "user-defined table functions": ["select * from t, table(my_udtf(t.a)) s", "1:18", /^The table function MY_UDTF/],
  "FLATTEN's SEQ": ["select f.seq from t, lateral flatten(input => t.v) f", "1:8", /SEQ column of FLATTEN/],
  "SEQ under a star": ["select * from t, lateral flatten(input => t.v) f", "1:8", /This star selects SEQ/],
  "time functions in SELECT": [
    "select current_timestamp() from t",
    "1:8",
    /^CURRENT_TIMESTAMP is supported only in WHERE, HAVING and QUALIFY/,
  ],
  "time functions in a join": [
    "select 1 from t join u on t.ts > current_date",
    "1:34",
    /^CURRENT_DATE is supported only/,
  ],
  "time functions in GROUP BY": ["select 1 from t group by getdate()", "1:26", /^GETDATE is supported only/],
  SYSDATE: ["select a from t where ts > sysdate()", "1:28", /^SYSDATE is not deterministic/],
  "the reader's role": ["select a from t where r = current_role()", "1:27", /^CURRENT_ROLE depends on who asks/],
  "approximate aggregates in HAVING": [
    "select a from t group by a having approx_count_distinct(b) > 1",
    "1:35",
    /^APPROX_COUNT_DISTINCT refreshes incrementally in the SELECT list only, not in HAVING/,
  ],
  "language model functions in WHERE": ["select a from t where ai_filter(a)", "1:23", /^AI_FILTER refreshes/],
  "sliding ranks": [
    "select rank() over (partition by a order by b rows between 2 preceding and unbounded following) from t",
    "1:47",
    /^RANK with a sliding window frame/,
  ],
  "an exact percentile": ["select median(a) from t", "1:8", /^MEDIAN needs all rows at every refresh/],
  "approximate aggregates by their alias": [
    "select a, hll(b) as n from t group by a having n > 1",
    "1:48",
    /^HLL refreshes incrementally in the SELECT list only, and HAVING takes it up from there\.$/,
  ],
  "language model functions by their position": [
    "select ai_classify(a, ['x']), count(*) from t group by 1",
    "1:56",
    /^AI_CLASSIFY refreshes incrementally in the SELECT list only, and GROUP BY takes it up from there\.$/,
  ],
  "language model functions by GROUP BY ALL": [
    "select ai_classify(a, ['x']), count(*) from t group by all",
    "1:8",
    /^AI_CLASSIFY .* and GROUP BY takes it up from there\.$/,
  ],
  "SEQ under a name of its own": [
    "select f.s from t, lateral flatten(t.v) f (s)",
    "1:8",
    /^The SEQ column of FLATTEN does not refresh incrementally\.$/,
  ],
  "SEQ in QUALIFY": [
    "select a from t, lateral flatten(t.v) f qualify row_number() over (partition by f.seq order by a) = 1",
    "1:81",
    /^The SEQ column of FLATTEN/,
  ],
  "views without change tracking": [
    "select * from d.information_schema.tables",
    "1:15",
    /^A view of INFORMATION_SCHEMA does not refresh incrementally\.$/,
  ],
  "PIVOT with ANY": ["select * from t pivot (sum(a) for m in (any))", "1:15", /^PIVOT with IN \(ANY\)/],
  "PIVOT with a subquery": [
    "select * from t pivot (sum(a) for m in (select m from u))",
    "1:15",
    /^PIVOT with a subquery/,
  ],
  UNPIVOT: ["select * from t unpivot (v for n in (a, b))", "1:15", /^UNPIVOT/],
  SAMPLE: ["select * from t sample (10)", "1:17", /^SAMPLE/],
  sequences: ["select q.nextval from t", "1:8", /^A sequence/],
  "staged files": ["select $1 from @s", "1:16", /^A query of staged files/],
  "time travel": ["select a from t at (offset => -60)", "1:17", /^AT \| BEFORE/],
  "structured types": ["select a::array(varchar) from t", "1:11", /^Dynamic tables support structured/],
  geography: ["select st_makepoint(a, b) from t", "1:8", /^ST_MAKEPOINT works on geospatial data/],
  "columns in VALUES": [
    "select * from t, (values (t.a)) v",
    "1:27",
    /^VALUES refreshes incrementally with constants only/,
  ],
};

describe("a dynamic table's query refreshes incrementally with", () => {
  for (const [what, query] of Object.entries(INCREMENTAL))
    it(what, () => {
      const { mode, reasons } = refreshability(parseQuery(query));
      assert.deepEqual({ mode, reasons: reasons.map(({ message }) => message) }, { mode: "INCREMENTAL", reasons: [] });
    });
});

describe("a dynamic table's query is forced to FULL by", () => {
  for (const [what, [query, place, message]] of Object.entries(FULL))
    it(what, () => {
      const { mode, reasons } = refreshability(parseQuery(query));
      assert.equal(mode, "FULL");
      const [reason] = reasons;
      const { line, column } = locate(query, reason!.span.start);
      assert.match(reason!.message, message);
      assert.equal(`${line}:${column}`, place);
      assert.ok(reason!.fix.length > 10);
    });
});

describe("refreshability", () => {
  it("lists every reason in the order of the text", () => {
    const { reasons } = refreshability(
      parseQuery("select any_value(a), random() from t where a in (select 1) limit 1"),
    );
    assert.deepEqual(
      reasons.map(({ construct }) => construct),
      ["ANY_VALUE", "Non-deterministic function", "Subquery outside FROM", "LIMIT"],
    );
  });
  it("says what the text cannot tell", () => {
    const { mode, notes } = refreshability(parseQuery("select my_udf(a), d.s.f(b), sum(c) over () from t"));
    assert.equal(mode, "INCREMENTAL");
    assert.deepEqual(
      notes.map(({ message }) => message),
      [
        "MY_UDF is not one of Snowflake's functions: whether it refreshes incrementally depends on its definition.",
        "D.S.F is not one of Snowflake's functions: whether it refreshes incrementally depends on its definition.",
        "A window without PARTITION BY is computed anew over all rows at every refresh.",
      ],
    );
  });
  it("tells what even a full refresh does not support", () => {
    const supported = (query: string) => refreshability(parseQuery(query)).reasons[0]?.supportedInFull;
    assert.equal(supported("select any_value(a) from t"), false);
    assert.equal(supported("select a from t sample (1)"), false);
    assert.equal(supported("select a from t limit 1"), true);
  });
});
