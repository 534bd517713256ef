-- One row per query plan of the last 24 hours: executed, stopped by its runtime budget, failed or rejected.
select
  occurred_at,
  actor_id as user_name,
  split_part(action, '.', 3) as outcome,
  object_id as query_id,
  attributes:row_count::number(38, 0) as row_count,
  attributes:truncated::boolean as is_truncated,
  attributes:runtime_ms::number(38, 0) as runtime_ms,
  attributes:errors as errors,
  attributes:plan as plan,
  event_id
from {{ database }}.ACTIVITY.EVENTS
where action in ('mcp.query.executed', 'mcp.query.stopped', 'mcp.query.failed', 'mcp.query.rejected')
  and occurred_at >= dateadd('hour', -24, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
