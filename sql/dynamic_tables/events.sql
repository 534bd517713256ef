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
{{ include deduplicated_events }}
