-- One row per activity of the entity: the Activity Schema 2.0 stream, with the two columns its dbt packages need.
-- An event that names neither customer nor anonymous customer belongs to nobody: it is the first and last of its kind, never
-- numbered together with other such events.
select
  event_id as activity_id,
  occurred_at as ts,
  actor_id as customer,
  action as activity,
  anonymous_actor_id as anonymous_customer_id,
  coalesce(attributes, to_variant(object_construct())) as feature_json,
  revenue_impact,
  link,
  row_number() over (
    partition by action, coalesce(actor_id, anonymous_actor_id, event_id)
    order by occurred_at, event_id
  ) as activity_occurrence,
  lead(occurred_at) over (
    partition by action, coalesce(actor_id, anonymous_actor_id, event_id)
    order by occurred_at, event_id
  ) as activity_repeated_at
from {{ database }}.ACTIVITY.EVENTS
where split_part(action, '.', 1) not in ('system', 'mcp', 'quality')
