"""
Times statements through the Python connector on the servers given (port:pid), in turns: what slows the machine down meets all of them.
Prints a JSON array, an object for each server: median ms by statement, mean ms of its processor time, rows per second of executemany.
"""

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



def connect(port):
    return snowflake.connector.connect(
        account="local",
        user=os.environ["BENCH_USER"],
        password=os.environ["BENCH_PASSWORD"],
        host="127.0.0.1",
        port=port,
        protocol="http",
        database=None,
        session_parameters={"CLIENT_OUT_OF_BAND_TELEMETRY_ENABLED": False},
    )


def run(cursor, sql):
    cursor.execute(sql)
    return cursor.fetchall()


def processor(pid):
    """Processor time that a process has used in all its threads, ms."""
    nanoseconds = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/schedstat") as file:
            nanoseconds += int(file.read().split()[0])
    return nanoseconds / 1e6


def milliseconds(cursor, sql):
    began = time.perf_counter()
    run(cursor, sql)
    return (time.perf_counter() - began) * 1000


cursors, pids = [], []
for server in sys.argv[1:]:
    port, pid = server.split(":")
    cursors.append(connect(int(port)).cursor())
    pids.append(pid)
results = [{"statements": {}, "processor": {}, "failed": {}} for _ in cursors]

for sql in (
    "create database if not exists BENCH_DB",
    "create schema if not exists BENCH_DB.S",
    "use schema BENCH_DB.S",
    "create or replace table T (N int, G int, T varchar)",
    "create or replace table ONE (N int, T varchar)",
    "create or replace table J (V variant)",
    f"insert into T select row_number() over (order by 1), mod(row_number() over (order by 1), 50), 'text' from table(generator(rowcount => {ROWS}))",
    "insert into J select parse_json('{\"a\": {\"b\": 1}, \"l\": [1, 2, 3]}')",
):
    for cursor in cursors:
        run(cursor, sql)

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

for name, sql in STATEMENTS.items():
    times = [[] for _ in cursors]
    for round in range(WARM_UP + ROUNDS):
        if round == WARM_UP:
            used = [processor(pid) for pid in pids]
        for cursor, result, own in zip(cursors, results, times):
            if name in result["failed"]:
                continue
            try:
                own.append(milliseconds(cursor, sql))
            except Exception as error:  # one of the servers may not know a statement
                result["failed"][name] = str(error).splitlines()[0][:120]
    for result, own, pid, before in zip(results, times, pids, used):
        if name not in result["failed"]:
            result["statements"][name] = sorted(own[WARM_UP:])[ROUNDS // 2]
            result["processor"][name] = (processor(pid) - before) / ROUNDS

for cursor, result in zip(cursors, results):
    began = time.perf_counter()
    cursor.executemany("insert into ONE values (%s, %s)", [(i, "x") for i in range(MANY)])
    result["rowsPerSecond"] = MANY / (time.perf_counter() - began)
print(json.dumps(results))
