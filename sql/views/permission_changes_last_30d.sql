-- One row per change of a permission, a group or a user in the last 30 days.
select
  occurred_at,
  action,
  object_type as subject_type,
  object_id as subject,
  attributes:pattern::varchar as pattern,
  attributes:member::varchar as member,
  attributes:expires_at::varchar as expires_at,
  attributes:reason::varchar as reason,
  actor_id as changed_by,
  event_id
from {{ database }}.ACTIVITY.EVENTS
where split_part(action, '.', 1) = 'system'
  and split_part(action, '.', 2) in ('permission', 'group', 'user')
  and occurred_at >= dateadd('day', -30, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
