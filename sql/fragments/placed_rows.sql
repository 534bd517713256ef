-- The rows of an answer up to the plan's limit, as CTEs over `sortable` (tie, key_n, descending_n and more): `placed` adds the place
-- of each and how many rows there are in all.
keyed_rows as (
  select
    *,
    {{ include exact_number of key_1 }} as number_1,
    {{ include exact_number of key_2 }} as number_2,
    {{ include exact_number of key_3 }} as number_3,
    as_varchar(key_1) as text_1,
    as_varchar(key_2) as text_2,
    as_varchar(key_3) as text_3
  from sortable
),
ranked as (
  select
    *,
    count(*) over () as row_count,
    row_number() over (
      order by
        {{ include sort_key of 1 }},
        {{ include sort_key of 2 }},
        {{ include sort_key of 3 }},
        tie
    ) as place
  from keyed_rows
),
placed as (
  select *
  from ranked
  where place <= (select plan:limit::number(38, 0) from request)
)
