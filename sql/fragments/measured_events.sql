-- The groups of a plan with their measures, as CTEs over `cohort`: `answered` holds one row per group with its answer `doc`, ties
-- broken by `tie`; `left_out` the one row with how many values each sum had no use for. A plan without group_by has one group, as
-- in SQL, also when no event matches.
group_fields as (
  select g.index, g.value:name::varchar as name
  from request, lateral flatten(input => request.plan:group_by) as g
),
-- A plan groups by at most five fields.
group_paths as (
  select
    plan:group_by[0]:path[0]::varchar as field_1,
    plan:group_by[1]:path[0]::varchar as field_2,
    plan:group_by[2]:path[0]::varchar as field_3,
    plan:group_by[3]:path[0]::varchar as field_4,
    plan:group_by[4]:path[0]::varchar as field_5,
    array_slice(plan:group_by[0]:path, 1, 7) as path_1,
    array_slice(plan:group_by[1]:path, 1, 7) as path_2,
    array_slice(plan:group_by[2]:path, 1, 7) as path_3,
    array_slice(plan:group_by[3]:path, 1, 7) as path_4,
    array_slice(plan:group_by[4]:path, 1, 7) as path_5
  from request
),
keyed as (
  select
    cohort.*,
    array_construct(
      coalesce({{ include related_field of 1 }}, parse_json('null')),
      coalesce({{ include related_field of 2 }}, parse_json('null')),
      coalesce({{ include related_field of 3 }}, parse_json('null')),
      coalesce({{ include related_field of 4 }}, parse_json('null')),
      coalesce({{ include related_field of 5 }}, parse_json('null'))
    ) as keys
  from cohort
  cross join group_paths
),
measures as (
  select
    m.value:name::varchar as name,
    m.value:fn::varchar as fn,
    m.value:path[0]::varchar as field_0,
    array_slice(m.value:path, 1, 7) as path_0
  from request, lateral flatten(input => request.plan:measures) as m
),
measured_values as (
  select
    to_json(keyed.keys) as group_key,
    keyed.keys,
    measures.name,
    measures.fn,
    strip_null_value({{ include related_field of 0 }}) as measured
  from keyed
  cross join measures
),
measured as (
  select
    group_key,
    any_value(keys) as keys,
    name,
    case fn
      when 'count_all' then to_variant(count(*))
      when 'count' then to_variant(count(measured))
      when 'count_distinct' then to_variant(count(distinct to_json(measured)))
      when 'sum' then to_variant(sum({{ include exact_number of measured }}))
      when 'avg' then to_variant(avg({{ include exact_number of measured }}))
      when 'min' then coalesce(to_variant(min({{ include exact_number of measured }})), to_variant(min(as_varchar(measured))))
      when 'max' then coalesce(to_variant(max({{ include exact_number of measured }})), to_variant(max(as_varchar(measured))))
      when 'median' then to_variant(percentile_cont(0.5) within group (order by {{ include exact_number of measured }}))
      when 'p90' then to_variant(percentile_cont(0.9) within group (order by {{ include exact_number of measured }}))
    end as result,
    fn in ('sum', 'avg', 'median', 'p90') as is_sum,
    count_if(measured is not null and {{ include exact_number of measured }} is null) as skipped_count
  from measured_values
  group by group_key, name, fn
),
group_results as (
  select group_key, keys, name, result
  from measured
  union all
  select '[]', array_construct(), name, iff(startswith(fn, 'count'), to_variant(0), null)
  from measures
  where (select array_size(plan:group_by) from request) = 0 and (select count(*) from measured) = 0
),
columns as (
  select groups.group_key, group_fields.name as key_name, group_fields.name, get(groups.keys, group_fields.index) as value
  from (select group_key, any_value(keys) as keys from group_results group by group_key) as groups
  cross join group_fields
  union all
  select group_key, null, name, coalesce(result, parse_json('null'))
  from group_results
),
answered as (
  select to_json(object_agg(key_name, value)) as tie, object_agg(name, value) as doc
  from columns
  group by group_key
),
left_out as (
  select coalesce(object_agg(name, to_variant(skipped)), object_construct()) as skipped
  from (
    select name, sum(skipped_count) as skipped
    from measured
    where is_sum
    group by name
    having sum(skipped_count) > 0
  )
)
