-- One row per user and action pattern: what holds now and where it comes from.
-- A deny on the user or any of their groups wins over a grant on the user, which wins over grants of groups (INHERIT).
-- Of the events of one subject and pattern the last counts, even when it has expired; ties go to the greater event id, then to
-- the greater text, since two events that differ in attributes alone share their id.
-- Read from the landing table, so that a deny holds at once and not only after the next refresh.
with received as (
  select payload, _source_lane, _recv_at
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'SYSTEM'
    and payload:action in (
      'system.permission.granted', 'system.permission.denied', 'system.permission.revoked',
      'system.group.member_added', 'system.group.member_removed'
    )
),
{{ include judged_events }},
decisions as (
  select
    object_type as subject_type,
    object_id as subject,
    payload:attributes:pattern::varchar as pattern,
    action,
    payload:attributes as attributes,
    payload:attributes:expires_at::varchar as expires_text,
    actor_id as decided_by,
    occurred_at as decided_at,
    event_id,
    canonical
  from judged
  where reason is null
    and action in ('system.permission.granted', 'system.permission.denied', 'system.permission.revoked')
  qualify row_number() over (partition by subject_type, subject, pattern order by decided_at desc, event_id desc, canonical desc) = 1
),
dated as (
  select *, {{ include utc_instant of expires_text }} as expires_at
  from decisions
),
active as (
  select *
  from dated
  where action <> 'system.permission.revoked'
    and coalesce(expires_at > convert_timezone('UTC', current_timestamp())::timestamp_ntz, true)
),
memberships as (
  select
    object_id as group_name,
    payload:attributes:member::varchar as member,
    action
  from judged
  where reason is null
    and action in ('system.group.member_added', 'system.group.member_removed')
  qualify row_number() over (partition by group_name, member order by occurred_at desc, event_id desc) = 1
),
applicable as (
  select subject as user_name, iff(action = 'system.permission.denied', 'DENY', 'GRANT') as effect, 'USER' as source, active.*
  from active
  where subject_type = 'USER'
  union all
  select memberships.member, iff(active.action = 'system.permission.denied', 'DENY', 'INHERIT'), 'GROUP ' || active.subject, active.*
  from active
  inner join memberships
    on active.subject = memberships.group_name
    and memberships.action = 'system.group.member_added'
  where active.subject_type = 'GROUP'
)
select
  user_name,
  pattern,
  effect,
  source,
  attributes:max_rows::number(38, 0) as max_rows,
  attributes:max_runtime_seconds::number(38, 0) as max_runtime_seconds,
  attributes:daily_runtime_seconds::number(38, 0) as daily_runtime_seconds,
  expires_at,
  attributes:reason::varchar as reason,
  decided_by,
  decided_at,
  event_id
from applicable
qualify row_number() over (
  partition by user_name, pattern
  order by case effect when 'DENY' then 1 when 'GRANT' then 2 else 3 end, source, decided_at desc, event_id desc
) = 1
