-- One row per raw event as it was received, beside what became of it: an EVENT, a DEAD_LETTER with its reason, or one that AWAITS_REFRESH.
with received as (
  select payload, _source_lane, _recv_at
  from {{ database }}.LANDING.RAW_EVENTS
),
{{ include judged_events }}
select
  iff(judged.reason is null, judged.event_id, null) as event_id,
  case
    when judged.reason is not null then 'DEAD_LETTER'
    when events.event_id is null then 'AWAITS_REFRESH'
    else 'EVENT'
  end as outcome,
  judged.reason,
  judged.action,
  judged.actor_id,
  iff(judged.reason is null, judged.occurred_at, null) as occurred_at,
  judged._source_lane,
  judged._recv_at,
  octet_length(judged.canonical) as payload_bytes,
  judged.payload
from judged
left outer join {{ database }}.ACTIVITY.EVENTS as events
  on judged.event_id = events.event_id
