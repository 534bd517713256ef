-- One row per hour of the last 7 days in which something arrived: events, duplicates, dead letters, delay, queries, alerts.
with received as (
  select payload, _source_lane, _recv_at
  from {{ database }}.LANDING.RAW_EVENTS
  where _recv_at >= dateadd('day', -7, current_timestamp())
),
{{ include judged_events }}
select
  date_trunc('hour', _recv_at) as hour,
  count(*) as received_count,
  count(distinct iff(reason is null, event_id, null)) as event_count,
  count_if(reason is null) - count(distinct iff(reason is null, event_id, null)) as duplicate_count,
  count_if(reason is not null) as dead_letter_count,
  count(distinct iff(reason is null, coalesce(actor_id, anonymous_actor_id), null)) as actor_count,
  avg(iff(reason is null, timestampdiff('millisecond', occurred_at, _recv_at) / 1000, null)) as mean_delay_seconds,
  count_if(reason is null and action = 'mcp.query.executed') as queries_executed,
  count_if(reason is null and action in ('mcp.query.stopped', 'mcp.query.failed')) as queries_stopped,
  count_if(reason is null and action = 'mcp.query.rejected') as queries_rejected,
  count_if(reason is null and startswith(action, 'quality.alert.')) as alerts_raised
from judged
group by date_trunc('hour', _recv_at)
