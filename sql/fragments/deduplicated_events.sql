-- One row per event id of `judged`: a CTE for the order of survival, then the query itself. Of events that share an id the one
-- with the smallest canonical JSON of attributes, then of the whole payload, survives as a whole row.
counted as (
  select
    *,
    coalesce(to_json(payload:attributes), '') || '\n' || canonical as survival_order
  from judged
  where reason is null
)
select
  event_id,
  min(occurred_at) as occurred_at,
  min_by(actor_id, survival_order) as actor_id,
  min_by(anonymous_actor_id, survival_order) as anonymous_actor_id,
  min(action) as action,
  min_by(object_type, survival_order) as object_type,
  min_by(object_id, survival_order) as object_id,
  min_by(payload:source::varchar, survival_order) as source,
  min_by(payload:schema_version::varchar, survival_order) as schema_version,
  min_by(payload:attributes, survival_order) as attributes,
  min_by(payload:depends_on_event_id::varchar, survival_order) as depends_on_event_id,
  min_by(try_to_number(payload:revenue_impact::varchar, 38, 6), survival_order) as revenue_impact,
  min_by(payload:link::varchar, survival_order) as link,
  min(_source_lane) as _source_lane,
  min(_recv_at) as _recv_at,
  count(*) as _copies
from counted
group by event_id
