"""Times statements through the Python connector; prints one JSON object: median ms by statement, rows per second of executemany."""

import json
import os
import sys
import time

import snowflake.connector

ROUNDS = 30
# What a server answers first is slower: its code is not compiled yet, its caches are empty. Both are measured warm.
WARM_UP = 60
ROWS = 10_000
MANY = 500

connection = snowflake.connector.connect(
    account="local",
    user=os.environ["BENCH_USER"],
    password=os.environ["BENCH_PASSWORD"],
    host="127.0.0.1",
    port=int(sys.argv[1]),
    protocol="http",
    database=None,
    session_parameters={"CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED": False},
)
cursor = connection.cursor()


def run(sql, *args):
    cursor.execute(sql, *args)
    return cursor.fetchall()


for sql in (
    "create database if not exists BENCH_DB",
    "create schema if not exists BENCH_DB.S",
    "use schema BENCH_DB.S",
    "create or replace table T (N int, G int, T varchar)",
    "create or replace table ONE (N int, T varchar)",
    "create or replace table J (V variant)",
    f"insert into T select row_number() over (order by 1), mod(row_number() over (order by 1), 50), 'text' from table(generator(rowcount => {ROWS}))",
):
    run(sql)
run("insert into J select parse_json('{\"a\": {\"b\": 1}, \"l\": [1, 2, 3]}')")

STATEMENTS = {
    "SELECT 1": "select 1",
    "one row by its key": "select * from T where N = 777",
    "GROUP BY over 10 000 rows": "select G, count(*), sum(N) from T group by G order by G",
    "join and window over 10 000 rows": "select count(*) from (select A.N, row_number() over (partition by A.G order by A.N) as R from T A join T B on A.N = B.N) where R = 1",
    "path into a VARIANT": "select V:a.b::int, V:l[1]::int from J",
    "one-row INSERT": "insert into ONE values (1, 'x')",
    "UPDATE of one row": "update T set T = 'other' where N = 5",
    "CREATE OR REPLACE TABLE": "create or replace table C (N int, T varchar)",
    "SHOW TABLES": "show tables in schema BENCH_DB.S",
}

result = {"statements": {}, "failed": {}}
for name, sql in STATEMENTS.items():
    times = []
    try:
        for _ in range(WARM_UP + ROUNDS):
            began = time.perf_counter()
            run(sql)
            times.append((time.perf_counter() - began) * 1000)
        times = sorted(times[WARM_UP:])
        result["statements"][name] = times[len(times) // 2]
    except Exception as error:  # the other server may not know a statement
        result["failed"][name] = str(error).splitlines()[0][:120]

began = time.perf_counter()
cursor.executemany("insert into ONE values (%s, %s)", [(i, "x") for i in range(MANY)])
result["rowsPerSecond"] = MANY / (time.perf_counter() - began)
print(json.dumps(result))
