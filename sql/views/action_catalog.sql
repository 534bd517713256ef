-- One row per action: when it was seen, how often, and which types each of its attributes has had, so that drift is visible.
with volumes as (
  select
    action,
    min(occurred_at) as first_seen_at,
    max(occurred_at) as last_seen_at,
    count(*) as event_count,
    count_if(occurred_at >= dateadd('day', -1, convert_timezone('UTC', current_timestamp())::timestamp_ntz)) as event_count_24h,
    count(distinct coalesce(actor_id, anonymous_actor_id)) as actor_count,
    array_agg(distinct schema_version) within group (order by schema_version) as schema_versions
  from {{ database }}.ACTIVITY.EVENTS
  group by action
),
typed as (
  select
    events.action,
    attribute.key as attribute,
    typeof(attribute.value) as type,
    count(*) as type_count
  from {{ database }}.ACTIVITY.EVENTS as events,
    lateral flatten(input => events.attributes, mode => 'OBJECT') as attribute
  group by events.action, attribute.key, typeof(attribute.value)
),
types_of_attributes as (
  select
    action,
    attribute,
    object_agg(type, to_variant(type_count)) as types
  from typed
  group by action, attribute
),
attributes_of_actions as (
  select
    action,
    object_agg(attribute, to_variant(types)) as attributes
  from types_of_attributes
  group by action
)
select
  volumes.action,
  volumes.first_seen_at,
  volumes.last_seen_at,
  volumes.event_count,
  volumes.event_count_24h,
  volumes.actor_count,
  volumes.schema_versions,
  coalesce(attributes_of_actions.attributes, object_construct()) as attributes
from volumes
left outer join attributes_of_actions on volumes.action = attributes_of_actions.action
