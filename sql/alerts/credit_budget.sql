-- The warehouses have used more credits today than alert.daily_credits allows.
select 1
from {{ database }}.MCP.COST_MONITOR
where day = to_date(convert_timezone('UTC', current_timestamp()))
having sum(credits) > (
  select max(value::number(38, 6))
  from {{ database }}.MCP.CURRENT_CONFIG
  where key = 'alert.daily_credits'
)
