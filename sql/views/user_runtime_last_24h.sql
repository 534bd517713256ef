-- One row per user who ran a query plan in the last 24 hours: how long, how often, and what is left of the daily budget.
with {{ include query_runs }}
select
  runs.user_name,
  count(*) as query_count,
  sum(runs.runtime_ms) / 1000 as runtime_seconds,
  max(runs.runtime_ms) / 1000 as longest_seconds,
  sum(runs.row_count) as row_count,
  coalesce(min(permission.daily_runtime_seconds), min(config.value::number(38, 0))) as daily_runtime_seconds,
  greatest(
    0,
    coalesce(min(permission.daily_runtime_seconds), min(config.value::number(38, 0))) - sum(runs.runtime_ms) / 1000
  ) as seconds_left
from runs
left outer join (
  select user_name, min(daily_runtime_seconds) as daily_runtime_seconds
  from {{ database }}.MCP.CURRENT_PERMISSIONS
  where effect <> 'DENY'
  group by user_name
) as permission on runs.user_name = permission.user_name
left outer join {{ database }}.MCP.CURRENT_CONFIG as config on config.key = 'query.daily_runtime_seconds'
group by runs.user_name
