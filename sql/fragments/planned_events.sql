-- The events that a plan asks for, as CTEs: `request` (the one row with :normal as plan), `candidates` (of its actions, from :from_at
-- until :to_at) and `filtered` (those that pass every filter).
request as (
  select :normal as plan
),
candidates as (
  select *
  from {{ database }}.ACTIVITY.EVENTS
  where action in (select value::varchar from request, lateral flatten(input => request.plan:actions))
    and occurred_at >= :from_at
    and occurred_at < :to_at
),
asked as (
  select
    f.value:op::varchar as op,
    f.value:path[0]::varchar as field_0,
    array_slice(f.value:path, 1, 7) as path_0,
    f.value:value as expected,
    f.value:low as low,
    f.value:high as high
  from request, lateral flatten(input => request.plan:filters) as f
),
filters as (
  select iff(op = 'between', '>=', op) as op, field_0, path_0, iff(op = 'between', low, expected) as expected
  from asked
  union all
  select '<=', field_0, path_0, high
  from asked
  where op = 'between'
),
compared as (
  select
    *,
    {{ include compare_actual of expected }} as difference
  from (
    select candidates.event_id, filters.op, filters.expected, {{ include event_field of 0 }} as actual
    from candidates
    cross join filters
  )
),
failed as (
  select distinct event_id
  from compared
  where not coalesce(
    case op
      when 'is_null' then actual is null or is_null_value(actual)
      when 'is_not_null' then actual is not null and not is_null_value(actual)
      when '=' then difference = 0
      when '!=' then actual is not null and not is_null_value(actual) and coalesce(difference <> 0, true)
      when '<' then difference < 0
      when '<=' then difference <= 0
      when '>' then difference > 0
      when '>=' then difference >= 0
      when 'in' then array_contains(actual, as_array(expected))
      when 'not_in' then actual is not null and not is_null_value(actual) and not array_contains(actual, as_array(expected))
      when 'contains' then contains(as_varchar(actual), as_varchar(expected))
      when 'starts_with' then startswith(as_varchar(actual), as_varchar(expected))
      when 'ends_with' then endswith(as_varchar(actual), as_varchar(expected))
    end,
    false
  )
),
filtered as (
  select *
  from candidates
  where not exists (select 1 from failed where failed.event_id = candidates.event_id)
)
