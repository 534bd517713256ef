-- How long after it occurred a ready event was received, by source, over the last day.
select
  coalesce(source, 'unknown') as source,
  count(*) as event_count,
  percentile_cont(0.5) within group (order by timestampdiff('millisecond', occurred_at, _recv_at) / 1000) as delay_p50_seconds,
  percentile_cont(0.99) within group (order by timestampdiff('millisecond', occurred_at, _recv_at) / 1000) as delay_p99_seconds,
  count_if(occurred_at > _recv_at) as from_the_future
from {{ database }}.ACTIVITY.READY_EVENTS
where _recv_at >= dateadd('day', -1, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
group by coalesce(source, 'unknown')
order by event_count desc, source
