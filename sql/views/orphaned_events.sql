-- One row per event that depends on an event which has not arrived, with how long it has been waiting.
select
  waiting.*,
  timestampdiff('second', waiting._recv_at, convert_timezone('UTC', current_timestamp())::timestamp_ntz) as waiting_seconds
from {{ database }}.ACTIVITY.EVENTS as waiting
left outer join {{ database }}.ACTIVITY.EVENTS as prerequisite
  on waiting.depends_on_event_id = prerequisite.event_id
where waiting.depends_on_event_id is not null
  and prerequisite.event_id is null
