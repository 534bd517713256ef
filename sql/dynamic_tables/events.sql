-- One row per event: the raw events that count, read once and deduplicated by their canonical id.
-- Of raw events that share an id the one with the smallest canonical JSON of attributes (then of the whole payload) survives,
-- as a whole row. Only clauses that refresh incrementally stand here: no ANY_VALUE, no join, no subquery outside FROM.
create or alter dynamic table {{ database }}.ACTIVITY.EVENTS
  target_lag = '{{ target_lag }}'
  warehouse = {{ refresh_warehouse }}
  refresh_mode = INCREMENTAL
  initialize = ON_CREATE
  cluster by (date(occurred_at), action)
  data_retention_time_in_days = {{ retention_days }}
  comment = 'One row per event, deduplicated by event id; Activity Schema 2.0'
as
with received as (
  select payload, _source_lane, _recv_at
  from {{ database }}.LANDING.RAW_EVENTS
),
{{ include judged_events }},
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
