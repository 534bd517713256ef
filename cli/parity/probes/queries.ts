import { type Area, probe } from "../probe";

const CASES = "tests/local/cases/cases.test.ts";

export const queries: Area = {
  title: "Queries, types and functions",
  probes: [
    probe("NUMBER arithmetic with Snowflake's scales", CASES, ["select 10 / 4, 1.5 * 2.25, 7 % 3", "2.5 3.375 1"]),
    probe("Rounding half away from zero", CASES, ["select round(2.5), round(-2.5), round(1.005, 2)", "3 -3 1.01"]),
    probe("VARCHAR lengths are enforced", CASES, "create table T (A varchar(3))", "insert into T values ('abc')", [
      "select length(A) from T",
      "3",
    ]),
    probe(
      "TIMESTAMP_NTZ, _LTZ and _TZ, the offset kept",
      CASES,
      [
        "select to_varchar('2026-01-02 03:04:05 +02:00'::timestamp_tz, 'YYYY-MM-DD HH24:MI TZHTZM')",
        "2026-01-02 03:04 +0200",
      ],
      ["select '2026-01-02 03:04:05 +02:00'::timestamp_ntz::varchar", "2026-01-02 03:04:05.000"],
      "alter session set TIMEZONE = 'Asia/Tokyo'",
      ["select to_varchar('2026-01-02 03:04:05 +02:00'::timestamp_ltz, 'HH24:MI TZHTZM')", "10:04 +0900"],
    ),
    probe("Date arithmetic, DATE_TRUNC, DATEDIFF, LAST_DAY", CASES, [
      "select datediff('day', '2026-01-01'::date, '2026-03-01'::date), last_day('2026-02-10'::date)::varchar, date_trunc('month', '2026-02-10'::date)::varchar",
      "59 2026-02-28 2026-02-01",
    ]),
    probe("VARIANT paths and casts", CASES, [`select parse_json('{"a": [{"b": 7}]}'):a[0].b::number`, "7"]),
    probe("JSON null is not SQL NULL", CASES, [
      "select parse_json('null') is null, is_null_value(parse_json('null'))",
      "false true",
    ]),
    probe("FLATTEN, also recursive", CASES, [
      `select count(*) from table(flatten(input => parse_json('[1, [2, 3]]'), recursive => true))`,
      "4",
    ]),
    probe("OBJECT_CONSTRUCT, ARRAY_AGG, OBJECT_AGG", CASES, [
      "select array_size(array_agg(column1)), object_construct('a', 1):a::number, object_agg(column1::varchar, column1):\"2\"::number from values (1), (2)",
      "2 1 2",
    ]),
    probe("QUALIFY and window functions", CASES, [
      "select column1 from values (1), (3), (2) qualify row_number() over (order by column1 desc) = 1",
      "3",
    ]),
    probe(
      "GROUP BY ALL, ROLLUP, CUBE, GROUPING SETS",
      CASES,
      "create table T as select column1 as A, column2 as B from values (1, 1), (1, 2), (2, 1)",
      ["select count(*) from (select A, count(*) from T group by all)", "2"],
      ["select count(*) from (select A, B, count(*) from T group by rollup (A, B))", "6"],
      ["select count(*) from (select A, B, count(*) from T group by cube (A, B))", "8"],
      ["select count(*) from (select A, B, count(*) from T group by grouping sets ((A), (B)))", "4"],
    ),
    probe("PIVOT", CASES, [
      "select * from (select column1 as K, column2 as V from values ('a', 1), ('b', 2), ('a', 3)) pivot (sum(V) for K in ('a', 'b'))",
      "4 2",
    ]),
    probe("PIVOT on ANY value or a subquery", CASES, [
      "select * from (select column1 as K, column2 as V from values ('a', 1), ('b', 2), ('a', 3)) pivot (sum(V) for K in (any order by K))",
      "4 2",
    ]),
    probe("UNPIVOT", CASES, "create table T as select 1 as ID, 10 as A, 20 as B", [
      "select NAME, V from T unpivot (V for NAME in (A, B)) order by NAME",
      "A 10; B 20",
    ]),
    probe("LATERAL joins", CASES, [
      "select t.A, f.value::number from (select 1 as A, array_construct(5, 6) as L) t, lateral flatten(input => t.L) f order by 2",
      "1 5; 1 6",
    ]),
    probe("Recursive CTE", CASES, [
      "with recursive C as (select 1 as N union all select N + 1 from C where N < 5) select max(N) from C",
      "5",
    ]),
    probe("CONNECT BY", CASES, "create table T as select 1 as ID, null as PARENT union all select 2, 1", [
      "select count(*) from T start with PARENT is null connect by PARENT = prior ID",
      "2",
    ]),
    probe("MATCH_RECOGNIZE", CASES, "create table T as select column1 as A from values (1), (2), (0), (3)", [
      "select * from T match_recognize (order by A desc measures first(A) as F, count(*) as N pattern (X+) define X as A > 0)",
      "3 3",
    ]),
    probe("ASOF JOIN", CASES, [
      "select b.V from (select 5 as T) a asof join (select 3 as T, 'x' as V union all select 6, 'y') b match_condition (a.T >= b.T)",
      "x",
    ]),
    probe("LISTAGG, MIN_BY, MAX_BY, MODE, MEDIAN", CASES, [
      "select listagg(column1, ',') within group (order by column1), min_by(column2, column1), max_by(column2, column1), mode(column3), median(column2) from values ('a', 1, 7), ('b', 2, 7)",
      "a,b 1 2 7 1.5",
    ]),
    probe("APPROX_COUNT_DISTINCT, APPROX_PERCENTILE", CASES, [
      "select approx_count_distinct(column1), approx_percentile(column1, 0.5) from values (1), (1), (1)",
      "1 1",
    ]),
    probe("Regular expressions in Snowflake's dialect", CASES, [
      "select regexp_substr('ab12', '[0-9]+'), regexp_like('abc', 'a.c'), regexp_replace('a1', '[0-9]')",
      "12 true a",
    ]),
    probe(
      "SPLIT, SPLIT_PART, SPLIT_TO_TABLE",
      CASES,
      ["select array_size(split('a,b', ',')), split_part('a,b,c', ',', -1)", "2 c"],
      ["select count(*) from table(split_to_table('a,b,c', ','))", "3"],
    ),
    probe("TRY_CAST, TRY_TO_NUMBER, TRY_PARSE_JSON", CASES, [
      "select try_to_number('x'), try_cast('5' as number), try_parse_json('{')",
      "null 5 null",
    ]),
    probe("GENERATOR, SEQ4, UNIFORM, RANDSTR", CASES, [
      "select count(*), max(seq4()), min(uniform(5, 5, random())), max(length(randstr(3, random()))) from table(generator(rowcount => 100))",
      "100 99 5 3",
    ]),
    probe("MD5, SHA1, SHA2", CASES, [
      "select md5('a'), left(sha1('a'), 8), left(sha2('a'), 8)",
      "0cc175b9c0f1b6a831c399e269772661 86f7e437 ca978112",
    ]),
    probe("COMPRESS, DECOMPRESS_BINARY, DECOMPRESS_STRING by SNAPPY and ZLIB", CASES, [
      "select hex_encode(compress('Snowflake', 'SNAPPY')), decompress_string(compress('a', 'zlib(1)'), 'zlib')",
      "0920536E6F77666C616B65 a",
    ]),
    probe("COMPRESS by ZSTD and BZ2", CASES, "select compress('a', 'zstd')"),
    probe("HASH and HASH_AGG, whose algorithm is not public", CASES, "select hash(1)"),
    probe("Higher-order functions FILTER, TRANSFORM, REDUCE", CASES, [
      "select array_size(filter([1, 2, 3], x -> x > 1)), transform([1, 2], x -> x * 2)[1]::number, reduce([1, 2, 3], 0, (acc, x) -> acc + x)",
      "2 4 6",
    ]),
    probe("Collations", CASES, ["select 'a' = 'A' collate 'en-ci'", "true"]),
    probe("SAMPLE", CASES, "create table T as select seq4() as N from table(generator(rowcount => 10))", [
      "select count(*) from T sample (100)",
      "10",
    ]),
    probe("GEOGRAPHY and GEOMETRY", CASES, "select st_makepoint(1, 2)"),
    probe("XML: PARSE_XML, XMLGET, TO_XML, CHECK_XML", CASES, [
      "select xmlget(parse_xml('<a><b>1</b></a>'), 'b'):\"$\"::number + 1, typeof(parse_xml('<a/>')), to_xml(1) is null, check_xml('<a/>')",
      "2 XML false null",
    ]),
    probe("DECFLOAT: columns, casts, arithmetic, SUM and AVG", CASES, [
      "select '1.00000000000000000000000000000000000015'::decfloat, decfloat '123e7000' + 1.5, sum(decfloat '1' / 4)",
      "1.0000000000000000000000000000000000002 1.23e7002 0.25",
    ]),
    probe("INTERVAL types: columns, casts, arithmetic, differences of timestamps", CASES, [
      "select interval '1-8' year to month::varchar, ('2024-01-02 01:00'::timestamp - '2024-01-01'::timestamp)::interval day to hour::varchar, ('2024-01-31'::date + '0-1'::interval year to month)::varchar",
      "+1-08 +1 01 2024-02-29",
    ]),
    probe("Fields, averages and percentiles of INTERVAL types", CASES, "select year(interval '1' year)"),
    probe("DECFLOAT within VARIANT, in Parquet files and in other functions", CASES, "select decfloat '1'::variant"),
    probe("VECTOR and its functions", CASES, [
      "select vector_l2_distance([1, 2, 3]::vector(int, 3), [4, 5, 6]::vector(int, 3))",
      "5.196152422706632",
    ]),
    probe("Structured types ARRAY(T), OBJECT(…), MAP(K, V): columns, casts, elements, MAP functions", CASES, [
      "select [1, 2]::array(number)[1] + 1, map_size({'a': 1}::map(varchar, number)), {'a': 1}::object(a number):a",
      "3 1 1",
    ]),
    probe(
      "Structured types in FLATTEN and most functions on ARRAY",
      CASES,
      "select array_append([1]::array(number), 2)",
    ),
    probe("Cortex and other AI functions", CASES, "select ai_complete('model', 'hello')"),
  ],
};
