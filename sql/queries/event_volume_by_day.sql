-- Ready events and people a day and action over the last 30 days.
select
  to_date(occurred_at) as day,
  action,
  count(*) as event_count,
  count(distinct coalesce(actor_id, anonymous_actor_id)) as actor_count
from {{ database }}.ACTIVITY.READY_EVENTS
where occurred_at >= dateadd('day', -30, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
group by to_date(occurred_at), action
order by day desc, event_count desc, action
