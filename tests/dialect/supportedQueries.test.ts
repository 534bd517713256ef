import assert from "node:assert/strict";
import { parseQuery, refreshability } from "../../dialect/index";

/** Queries by what https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries says of them. */
const INCREMENTAL = `
  select a, b from t where b > 1
  select distinct a, b from t
  select a, count(*), count(distinct b), sum(distinct c) from t group by a
  select count(*) from t
  select a from t group by all
  select a, sum(b) from t group by a having sum(b) > 1
  select * from t inner join u on t.a > u.a
  select * from t cross join u
  select * from t, u where t.a = u.a
  select * from t left join u on t.a = u.a and t.b = u.b
  select * from t full outer join u on t.a = u.a
  select * from t a left join t b on a.id = b.parent
  select * from t natural left join u
  select * from t left join (select a, count(*) c from u group by a) u on t.a = u.a
  select * from t join u using (a)
  select t.id, f.value from t, lateral flatten(input => t.v) f
  select t.id, f.value from t, lateral flatten(input => t.v, outer => true) f, lateral flatten(input => f.value:x) g
  select t.id, f.value from t, table(flatten(t.v)) f
  select t.* from t, lateral flatten(input => t.v) f
  select a from t union all select a from u
  select a from t union select a from u
  select a from t union all by name select a from u
  select a from t order by a
  select a, row_number() over (partition by b order by c) from t
  select a from t qualify row_number() over (partition by b order by c desc) = 1
  select a, sum(b) over (partition by c order by d rows between 2 preceding and current row) from t
  select a, rank() over (partition by c order by d) from t
  select a, percent_rank() over (partition by c order by d) from t
  select a, rank() over (partition by c order by d rows between unbounded preceding and unbounded following) from t
  select approx_count_distinct(a) from t
  select hll(a) from t group by b
  select approx_percentile(a, 0.5) over (partition by b) from t
  select approx_top_k(a) from t
  select max_by(a, b), min_by(a, b) from t
  select first_value(a) over (partition by b order by c), last_value(a) over (partition by b order by c), nth_value(a, 2) over (partition by b order by c) from t
  select a from t where ts > current_timestamp - interval '1 day'
  select a from t where d = current_date()
  select a from t group by a having max(ts) < current_timestamp()
  select a from t qualify row_number() over (partition by a order by b) = 1 and d > dateadd(day, -1, current_date)
  select a from t where ts > getdate()
  with c as (select a from t) select * from c
  select * from t pivot (sum(a) for b in ('x', 'y'))
  select ai_classify(a, ['x']) from t
  select snowflake.cortex.sentiment(a) from t
  select my_udf(a) from t
  select * from (values (1, 'a'), (2, 'b')) v (x, y) join t on t.x = v.x
  select a::array, b::object, parse_json(c):x::string from t
  select object_agg(a, b), array_agg(a) within group (order by b), listagg(a, ',') from t group by c
  select mode(a) from t
  select h3_latlng_to_cell(a, b, 7), h3_cell_to_parent(c, 2) from t
  select a, ai_filter(b) as f from t
  select a, approx_count_distinct(b) as n from t group by all
  select ai_translate(a, '', 'en') as a from t where a is not null
  select t.a as seq from t, lateral flatten(t.v) f
  select * ilike 'v%' from t, lateral flatten(t.v) f
  select a, b from (select a, b, 1 as side from t union all select a, b, 2 from u) group by a, b having max(side) = 1
  select a, b from (select a, b, 1 as side from t union all select a, b, 2 from u) group by a, b having min(side) <> max(side)
  select metadata$row_last_commit_time from t
  select case when a in (1, 2) then 1 end, a between 1 and 2, a like 'x%' from t
  select a from t where a in (1, 2, 3)
  select hash(a), sha2(b), md5(c) from t
  select a from t, u where t.a = u.a(+)
  select t.a from t left join u on (t.a = u.a) and (t.b = u.b)
  select * exclude (seq, this) from t, lateral flatten(t.v) f
  select listagg(distinct a) from t
  select sum(a) over () from t
  select lag(a) over (partition by b order by c) from t
  select ntile(4) over (partition by b order by c) from t
  select count_if(a > 1), boolor_agg(b) from t
`;

const FULL_ONLY = `
  select a from t group by rollup(a)
  select a from t group by grouping sets ((a), ())
  select * from t left join u on t.a = u.a and t.b > u.b
  select * from t right join u on t.a >= u.a
  select * from t full outer join u on t.a <> u.a
  select * from t, lateral (select * from u where u.a = t.a)
  select f.seq from t, lateral flatten(input => t.v) f
  select * from t, lateral flatten(input => t.v) f
  select a from t minus select a from u
  select a from t except select a from u
  select a from t intersect select a from u
  select a from t limit 10
  select a from t fetch first 5 rows only
  select top 5 a from t
  select a from (select a from t limit 10)
  select a, rank() over (partition by c order by d rows between 2 preceding and current row) from t
  select a, dense_rank() over (partition by c order by d rows between 2 preceding and unbounded following) from t
  select b from t group by b having approx_count_distinct(a) > 1
  select a from t qualify approx_count_distinct(a) over (partition by b) > 1
  select current_role() from t
  select a from t where r = current_role()
  select current_warehouse(), current_account(), current_region() from t
  select current_database() from t
  select random() from t
  select uuid_string() from t
  select uniform(1, 10, random()) from t
  select seq4() from t
  select randstr(5, 1) from t
  select s.nextval from t
  select a from t where a in (select a from u)
  select a from t where a not in (select a from u)
  select a from t where exists (select 1 from u where u.a = t.a)
  select a from t where a = (select max(a) from u)
  select a, (select count(*) from u) from t
  select a from t where a > all (select a from u)
  select a from t where a = any (select a from u)
  with recursive c as (select 1 a union all select a + 1 from c) select * from c
  select * from t connect by prior a = b start with b is null
  select * from t pivot (sum(a) for b in (any))
  select * from t pivot (sum(a) for b in (select b from u))
  select * from t unpivot (a for b in (x, y))
  select a from t where ai_filter(a)
  select a from t where snowflake.cortex.sentiment(a) > 0
  select * from t, table(my_udtf(t.a))
  select * from table(my_udtf(1))
  select * from t, lateral split_to_table(t.a, ',') s
  select * from table(generator(rowcount => 10))
  select * from t asof join u match_condition (t.ts >= u.ts) on t.a = u.a
  select * from t match_recognize (partition by a order by b measures first(b) as f pattern (x y) define x as c > 1)
  select st_makepoint(a, b) from t
  select a::geography from t
  select * from t left join u on true
  select * from t left join u on t.a = u.a or t.b = u.b
  select a from t, u where t.a = u.a(+) and u.b(+) > 1
  select * from (select a from t) x where a in (select 1)
  select * from t left join lateral (select * from u where u.a = t.a) on true
  select * from information_schema.tables
  select * from snowflake.account_usage.query_history
  select median(a) from t
  select percentile_cont(0.5) within group (order by a) from t group by b
  select percentile_disc(0.5) within group (order by a) over (partition by b) from t
  select a, ai_filter(b) as f from t where f
  select a, approx_count_distinct(b) as n from t group by a having n > 1
  select a, approx_count_distinct(b) as n, n + 1 as m from t group by a qualify max(m) over () > 1
  select ai_classify(a, ['x']) as c, count(*) from t group by c
  select ai_classify(a, ['x']) as c, count(*) from t group by 1
  select ai_classify(a, ['x']) as c, count(*) from t group by all
  select f.s from t, lateral flatten(t.v) as f (s, k, p, i, v, th)
  select * ilike 's%' from t, lateral flatten(t.v) f
  select a from t, lateral flatten(t.v) f qualify row_number() over (partition by f.seq order by f.index) = 1
  select a from t, lateral flatten(t.v) f group by a, f.seq
  select to_geography(a) from t
  select get_presigned_url(@s, a) from t
  select current_timestamp() from t
  select current_date, a from t
  select datediff(day, d, current_date()) from t
  select a from t join u on t.ts > current_timestamp()
  select * from semantic_view(v metrics m dimensions d)
`;

const IN_NO_MODE = `
  select any_value(a) from t
  select any_value(a) over (partition by b) from t
  select current_user() from t
  select * from t sample (10)
  select * from t tablesample bernoulli (10)
  select * from t at (offset => -60)
  select $1 from @s
  select a::array(int) from t
  select a::map(varchar, int) from t
`;

const queries = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

describe("queries that refresh incrementally", () => {
  for (const sql of queries(INCREMENTAL)) it(sql, () => assert.deepEqual(refreshability(parseQuery(sql)).reasons, []));
});

describe("queries that a full refresh supports and an incremental one does not", () => {
  for (const sql of queries(FULL_ONLY))
    it(sql, () => {
      const { mode, reasons } = refreshability(parseQuery(sql));
      assert.equal(mode, "FULL");
      assert.ok(reasons.every(({ supportedInFull }) => supportedInFull));
      for (const { span, message, fix } of reasons) {
        assert.ok(span.start < span.end && span.end <= sql.length);
        assert.match(message, /\.$/);
        assert.match(fix, /\.$/);
      }
    });
});

describe("queries that no refresh supports", () => {
  for (const sql of queries(IN_NO_MODE))
    it(sql, () => {
      const { mode, reasons } = refreshability(parseQuery(sql));
      assert.equal(mode, "FULL");
      assert.ok(reasons.some(({ supportedInFull }) => !supportedInFull));
    });
});
