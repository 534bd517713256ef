-- Credits a day and warehouse of the last two weeks with the running total of the month.
select
  day,
  warehouse_name,
  credits,
  sum(credits) over (partition by warehouse_name, date_trunc('month', day) order by day) as credits_this_month,
  credits_per_million_events,
  note
from {{ database }}.MCP.COST_MONITOR
order by day desc, warehouse_name
