-- One row per event whose time is doubtful: from the future, late, or at one instant with another of the same person and action.
-- None of them is refused: occurred_at orders the stream, _recv_at only tells when we heard of it.
with limits as (
  select
    max(iff(key = 'quality.future_seconds', value::number(38, 0), null)) as future_seconds,
    max(iff(key = 'quality.late_seconds', value::number(38, 0), null)) as late_seconds
  from {{ database }}.MCP.CURRENT_CONFIG
),
measured as (
  select
    event_id,
    action,
    actor_id,
    occurred_at,
    _recv_at,
    timestampdiff('millisecond', occurred_at, _recv_at) / 1000 as delay_seconds,
    count(*) over (partition by action, coalesce(actor_id, anonymous_actor_id, event_id), occurred_at) as tie_size
  from {{ database }}.ACTIVITY.EVENTS
)
select
  measured.*,
  measured.delay_seconds < -limits.future_seconds as is_from_future,
  measured.delay_seconds > limits.late_seconds as is_late,
  measured.tie_size > 1 as is_tied
from measured
cross join limits
where measured.delay_seconds < -limits.future_seconds
  or measured.delay_seconds > limits.late_seconds
  or measured.tie_size > 1
