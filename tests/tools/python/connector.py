"""What the Python connector of Snowflake does, unmodified; each line of output is one fact that the test compares."""

import datetime
import gzip
import json
import os
import tempfile

import snowflake.connector
from snowflake.connector import DictCursor, ProgrammingError

connection = snowflake.connector.connect(
    account="local",
    user="ADMIN",
    password=os.environ["SNOWFLAKE_PASSWORD"],
    host="127.0.0.1",
    port=int(os.environ["SNOWFLAKE_PORT"]),
    protocol="http",
    warehouse="COMPUTE_WH",
    session_parameters={"TIMEZONE": "UTC"},
)
cursor = connection.cursor()


def tell(name, value):
    print(json.dumps({name: value}, default=str), flush=True)


cursor.execute(
    "select 1, 'text', 1.5, true, null, to_date('2026-01-02'), '01:02:03'::time,"
    " '2026-01-02 03:04:05.123456'::timestamp_ntz, '2026-01-02 03:04:05 +02:00'::timestamp_tz,"
    " to_binary('ff00'), parse_json('{\"a\": 1}')"
)
row = cursor.fetchone()
tell("types", [type(value).__name__ for value in row])
tell("values", [bytes(value).hex() if isinstance(value, (bytes, bytearray)) else str(value) for value in row])

cursor.execute("create or replace database PY")
cursor.execute("create schema PY.S")
cursor.execute("use schema PY.S")
cursor.execute("create table T (N number, T varchar, AT timestamp_ntz)")
cursor.execute("insert into T values (%s, %s, %s)", (1, "it's", datetime.datetime(2026, 1, 2, 3, 4, 5)))
tell("inserted", cursor.rowcount)
cursor.executemany("insert into T values (%s, %s, %s)", [(i, f"row {i}", None) for i in range(2, 501)])
tell("many", cursor.rowcount)
tell("sums", cursor.execute("select count(*), sum(N), count(AT) from T").fetchone())
tell("dict", connection.cursor(DictCursor).execute("select N, T from T order by N limit 1").fetchall())

try:
    cursor.execute("select * from NOWHERE")
except ProgrammingError as error:
    tell("error", [error.errno, error.sqlstate, "Object 'NOWHERE' does not exist" in error.msg])

cursor.execute_async("select 42")
query_id = cursor.sfqid
cursor.get_results_from_sfqid(query_id)
tell("async", cursor.fetchall())
tell("string", [c.fetchall() for c in connection.execute_string("select 1; select 'two';")])
tell("large", len(cursor.execute("select seq4(), randstr(50, random()) from table(generator(rowcount => 50000))").fetchall()))
tell("describe", [column.name for column in cursor.describe("select 1 as A, 'x' as B")])

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "two.csv"), "w") as file:
        file.write("1,a\n2,b\n")
    cursor.execute("create stage FILES")
    puts = [cursor.execute(f"put file://{folder}/two.csv @FILES/in").fetchone()[6] for _ in range(2)]
    tell("put", puts)
    tell("staged", cursor.execute("select $1, $2 from @FILES/in order by 1").fetchall())
    back = os.path.join(folder, "back")
    os.mkdir(back)
    tell("get", [row[0:3] for row in cursor.execute(f"get @FILES/in file://{back}").fetchall()])
    with gzip.open(os.path.join(back, "two.csv.gz"), "rt") as file:
        tell("got", file.read())

connection.autocommit(False)
cursor.execute("delete from T")
connection.rollback()
tell("rollback", cursor.execute("select count(*) from T").fetchone())
connection.close()
