-- One row per query plan of the last 24 hours: executed, stopped by its runtime budget, failed, rejected, running or cancelled.
select
  occurred_at,
  actor_id as user_name,
  case
    when action <> 'mcp.query.started' then split_part(action, '.', 3)
    -- Its end may not have been refreshed into the events yet.
    when timestampdiff('second', occurred_at, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
      < attributes:limit_ms::number(38, 0) / 1000 + 300 then 'running'
    else 'cancelled'
  end as outcome,
  object_id as query_id,
  attributes:row_count::number(38, 0) as row_count,
  attributes:truncated::boolean as is_truncated,
  attributes:runtime_ms::number(38, 0) as runtime_ms,
  attributes:errors as errors,
  attributes:plan as plan,
  event_id
from {{ database }}.ACTIVITY.EVENTS
where action in ('mcp.query.started', 'mcp.query.executed', 'mcp.query.stopped', 'mcp.query.failed', 'mcp.query.rejected')
  and occurred_at >= dateadd('hour', -24, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
qualify row_number() over (partition by object_id order by iff(action = 'mcp.query.started', 1, 0), event_id) = 1
