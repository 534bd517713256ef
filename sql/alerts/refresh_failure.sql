-- A refresh of the events table failed in the last hour, or the table is suspended.
select 1
from {{ database }}.MCP.DT_HEALTH_MONITOR
where last_error_at >= dateadd('hour', -1, current_timestamp())
  or last_completed_refresh_state in ('FAILED', 'UPSTREAM_FAILED')
  or scheduling_state = 'SUSPENDED'
