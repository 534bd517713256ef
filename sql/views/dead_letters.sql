-- One row per raw event that is kept out of ACTIVITY.EVENTS, with the reason and what was received.
with received as (
  select payload, _source_lane, _recv_at
  from {{ database }}.LANDING.RAW_EVENTS
),
{{ include judged_events }}
select
  reason,
  action,
  actor_id,
  _source_lane,
  _recv_at,
  octet_length(canonical) as payload_bytes,
  payload
from judged
where reason is not null
