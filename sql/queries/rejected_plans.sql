-- What people asked and were refused, by message, over the last week.
select
  message,
  count(*) as rejection_count,
  count(distinct user_name) as user_count,
  max(occurred_at) as last_rejected_at
from {{ database }}.MCP.QUERY_REJECTIONS_LAST_7D
group by message
order by rejection_count desc, message
