"""What happens most, and who did it first: the activity stream through snowflake-connector-python."""

import json
import os

import snowflake.connector

with open(os.environ.get("WAREHOUSE_OUTPUTS", "outputs.json"), encoding="utf8") as file:
    outputs = json.load(file)

account = outputs["account"]
connection = snowflake.connector.connect(
    account=account["account"],
    host=account["host"],
    port=account["port"],
    protocol=account["protocol"],
    user=os.environ["SNOWFLAKE_USER"],
    password=os.environ["SNOWFLAKE_PASSWORD"],
    role=outputs["roles"]["admin"],
    warehouse=outputs["warehouses"]["query"],
)
with connection, connection.cursor() as cursor:
    cursor.execute(
        f"""
        SELECT activity, COUNT(*) AS occurrences, MIN_BY(customer, ts) AS first_customer
        FROM {outputs["views"]["entityStream"]}
        GROUP BY activity
        ORDER BY occurrences DESC, activity
        """
    )
    for activity, occurrences, first_customer in cursor:
        print(f"{activity}\t{occurrences}\t{first_customer}")
