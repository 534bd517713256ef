-- One row per query plan that ran or runs in the last 24 hours, as a CTE `runs`. Read from the landing table: a budget that trails a
-- refresh could be overdrawn. A plan without an end still runs or was cancelled; it counts for as long as it may have run.
runs as (
  select
    min(payload:actor_id::varchar) as user_name,
    coalesce(
      max(payload:attributes:runtime_ms::number(38, 0)),
      least(max(payload:attributes:limit_ms::number(38, 0)), timestampdiff('millisecond', min(_recv_at), current_timestamp()))
    ) as runtime_ms,
    max(payload:attributes:row_count::number(38, 0)) as row_count
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'MCP'
    and _recv_at >= dateadd('hour', -24, current_timestamp())
    and payload:action in ('mcp.query.started', 'mcp.query.executed', 'mcp.query.stopped', 'mcp.query.failed')
  group by payload:object:id::varchar
)
