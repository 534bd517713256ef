"""A program of data frames, as one writes it for Snowflake; prints facts as JSON, one object per line."""
import json
import os

import pandas
from snowflake.snowpark import Session, Window
from snowflake.snowpark import functions as F
from snowflake.snowpark.types import IntegerType, StringType, StructField, StructType


def tell(**facts):
    print(json.dumps(facts, default=str))


def rows(frame):
    return [list(row) for row in frame.collect()]


session = Session.builder.configs({
    "account": "LOCAL-WAREHOUSE", "user": "ADMIN", "password": os.environ["SNOWFLAKE_PASSWORD"], "host": "127.0.0.1",
    "port": int(os.environ["SNOWFLAKE_PORT"]), "protocol": "http", "role": "ACCOUNTADMIN", "warehouse": "FRAMES",
    "database": "FRAMES", "schema": "PUBLIC",
}).create()

orders = session.create_dataframe([[1, "a", 2.5], [2, "b", 3.5], [3, None, None]], schema=["id", "name", "price"])
tell(schema=[str(field.datatype) for field in orders.schema.fields])
orders.write.mode("overwrite").save_as_table("orders")
orders.write.mode("append").save_as_table("orders")
table = session.table("orders")
tell(count=table.count())
tell(groups=rows(table.group_by("name").agg(F.sum("price"), F.count("*")).sort(F.col("name").asc_nulls_last())))
place = F.row_number().over(Window.partition_by("name").order_by("id"))
tell(window=rows(table.select("id", place.alias("place")).sort("id", "place")))
tell(join=table.join(orders, "id").count())
tell(pivot=rows(table.drop("id").pivot("name", ["a", "b"]).sum("price")))
tell(updated=table.update({"price": F.lit(9)}, table["id"] == 1).rows_updated)
tell(deleted=table.delete(table["id"] == 3).rows_deleted)
merged = table.merge(orders, table["id"] == orders["id"], [
    F.when_matched().update({"price": orders["price"]}),
    F.when_not_matched().insert({"id": orders["id"]}),
])
tell(merged=[merged.rows_inserted, merged.rows_updated])
tell(pandas=list(table.to_pandas().shape))
session.write_pandas(pandas.DataFrame({"A": [1, 2], "B": ["x", "y"]}), "frames", auto_create_table=True)
tell(written=rows(session.table('"frames"').sort('"A"')))
with open("orders.csv", "w") as file:
    file.write("id,name\n1,a\n")
session.file.put("orders.csv", "@~/in", auto_compress=False)
schema = StructType([StructField("id", IntegerType()), StructField("name", StringType())])
tell(read=rows(session.read.option("skip_header", 1).schema(schema).csv("@~/in/orders.csv")))
tell(unloaded=table.write.copy_into_location("@~/out/", file_format_type="csv", overwrite=True)[0].rows_unloaded)
orders.create_or_replace_view("order_view")
tell(view=session.table("order_view").filter(F.col("price") > 3).select(F.upper("name")).collect()[0][0])
tell(called=session.call("system$wait", 0))
session.close()
