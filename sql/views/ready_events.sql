-- One row per event whose prerequisite, if it names one, has arrived.
select events.*
from {{ database }}.ACTIVITY.EVENTS as events
left outer join {{ database }}.ACTIVITY.EVENTS as prerequisite
  on events.depends_on_event_id = prerequisite.event_id
where events.depends_on_event_id is null
  or prerequisite.event_id is not null
