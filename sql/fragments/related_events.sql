-- What events are related to, as CTEs after planned_events: `cohort` holds the same rows with `relate`, an OBJECT with one key per
-- relation of the plan. Takes the name of a CTE with the columns of ACTIVITY.EVENTS.
subjects as (
  select
    event_id,
    occurred_at,
    coalesce(actor_id, anonymous_actor_id, event_id) as person,
    {{ include object_key of argument }} as thing
  from {{ argument }}
),
relations as (
  select
    r.value:as::varchar as alias,
    r.value:relationship::varchar as relationship,
    r.value:action::varchar as action,
    r.value:match::varchar as matched_by
  from request, lateral flatten(input => request.plan:relate) as r
),
-- When the same person does the same thing again, or the same is done to the same object: the end of "in between".
repeats as (
  select
    event_id,
    lead(occurred_at) over (
      partition by action, coalesce(actor_id, anonymous_actor_id, event_id)
      order by occurred_at, event_id
    ) as repeated_at,
    lead(occurred_at) over (
      partition by action, coalesce({{ include object_key of events }}, event_id)
      order by occurred_at, event_id
    ) as repeated_on_object_at
  from {{ database }}.ACTIVITY.EVENTS as events
  where action in (select value::varchar from request, lateral flatten(input => request.plan:actions))
),
-- What events are related to, by what they share: the person or the object.
others as (
  select 'person' as matched_by, coalesce(events.actor_id, events.anonymous_actor_id, events.event_id) as subject, events.*
  from {{ database }}.ACTIVITY.EVENTS as events
  where events.action in (select relations.action from relations where relations.matched_by = 'person')
  union all
  select 'object', {{ include object_key of events }}, events.*
  from {{ database }}.ACTIVITY.EVENTS as events
  where events.object_id is not null
    and events.action in (select relations.action from relations where relations.matched_by = 'object')
),
paired as (
  select
    subjects.event_id,
    subjects.occurred_at as own_at,
    relations.alias,
    relations.relationship,
    other.event_id as other_id,
    other.action as other_action,
    other.occurred_at as other_at,
    other.revenue_impact as other_revenue,
    to_varchar(other.occurred_at, 'YYYY-MM-DD HH24:MI:SS.FF9') || other.event_id as place
  from subjects
  cross join relations
  left outer join repeats on repeats.event_id = subjects.event_id
  left outer join others as other
    on other.matched_by = relations.matched_by
    and other.subject = iff(relations.matched_by = 'object', subjects.thing, subjects.person)
    and other.action = relations.action
    and other.event_id <> subjects.event_id
    and case
      when relations.relationship in ('first_ever', 'last_ever') then true
      when relations.relationship in ('first_before', 'last_before', 'aggregate_before') then other.occurred_at < subjects.occurred_at
      when relations.relationship in ('first_after', 'last_after') then other.occurred_at > subjects.occurred_at
      else other.occurred_at > subjects.occurred_at
        and other.occurred_at < coalesce(
          iff(relations.matched_by = 'object', repeats.repeated_on_object_at, repeats.repeated_at),
          '9999-12-31'::timestamp_ntz
        )
    end
),
related as (
  select
    event_id,
    alias,
    case
      when startswith(relationship, 'aggregate_') then object_construct(
        'count', count(other_id),
        'first_at', to_varchar(min(other_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
        'last_at', to_varchar(max(other_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
        'revenue_impact', sum(other_revenue)
      )
      when startswith(relationship, 'first_') then object_construct(
        'event_id', min_by(other_id, place),
        'action', min_by(other_action, place),
        'occurred_at', to_varchar(min_by(other_at, place), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
        'revenue_impact', min_by(other_revenue, place),
        'seconds', timestampdiff('millisecond', any_value(own_at), min_by(other_at, place)) / 1000
      )
      else object_construct(
        'event_id', max_by(other_id, place),
        'action', max_by(other_action, place),
        'occurred_at', to_varchar(max_by(other_at, place), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
        'revenue_impact', max_by(other_revenue, place),
        'seconds', timestampdiff('millisecond', any_value(own_at), max_by(other_at, place)) / 1000
      )
    end as appended
  from paired
  group by event_id, alias, relationship
),
appended as (
  select event_id, object_agg(alias, to_variant(appended))::variant as relate
  from related
  group by event_id
),
cohort as (
  select {{ argument }}.*, appended.relate
  from {{ argument }}
  left outer join appended on appended.event_id = {{ argument }}.event_id
)
