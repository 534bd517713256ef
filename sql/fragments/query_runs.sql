-- One row per query plan that ran in the last 24 hours, as a CTE `runs`. Read from the landing table: a budget that trails a
-- refresh could be overdrawn.
runs as (
  select
    payload:actor_id::varchar as user_name,
    payload:attributes:runtime_ms::number(38, 0) as runtime_ms,
    payload:attributes:row_count::number(38, 0) as row_count
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'MCP'
    and _recv_at >= dateadd('hour', -24, current_timestamp())
    and payload:action in ('mcp.query.executed', 'mcp.query.stopped', 'mcp.query.failed')
)
