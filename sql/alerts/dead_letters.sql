-- More dead letters arrived in the last hour than alert.dead_letters_per_hour allows.
select 1
from {{ database }}.MCP.DEAD_LETTERS
where _recv_at >= dateadd('hour', -1, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
having count(*) > (
  select max(value::number(38, 0))
  from {{ database }}.MCP.CURRENT_CONFIG
  where key = 'alert.dead_letters_per_hour'
)
