-- One row per configuration key: its value now, who set it and when, or the default while nobody has.
-- Read from the landing table, so that a setting holds at once and not only after the next refresh.
with defaults as (
  select
    f.key as key,
    f.value as value
  from table(flatten(input => object_construct(
    'query.max_rows', 1000,
    'query.max_runtime_seconds', 60,
    'query.daily_runtime_seconds', 3600,
    'alert.dead_letters_per_hour', 100,
    'alert.daily_credits', 5,
    'quality.future_seconds', 300,
    'quality.late_seconds', 86400
  ))) as f
),
changes as (
  select
    payload:object:id::varchar as key,
    payload:attributes:value as value,
    payload:actor_id::varchar as set_by,
    convert_timezone('UTC', _recv_at)::timestamp_ntz as set_at
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'SYSTEM'
    and payload:action = 'system.config.set'
),
latest as (
  select *
  from changes
  qualify row_number() over (partition by key order by set_at desc, to_json(value) desc) = 1
)
select
  coalesce(latest.key, defaults.key) as key,
  coalesce(latest.value, defaults.value) as value,
  latest.key is null as is_default,
  latest.set_by,
  latest.set_at
from defaults
full outer join latest on latest.key = defaults.key
