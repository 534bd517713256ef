-- One row per error of a query plan that was rejected in the last 7 days.
select
  rejected.occurred_at,
  rejected.actor_id as user_name,
  error.value:path::varchar as path,
  error.value:message::varchar as message,
  rejected.attributes:plan as plan,
  rejected.event_id
from {{ database }}.ACTIVITY.EVENTS as rejected,
  lateral flatten(input => rejected.attributes:errors) as error
where rejected.action = 'mcp.query.rejected'
  and rejected.occurred_at >= dateadd('day', -7, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
