-- How an answer is ordered, as a CTE `orders` of one row: up to three paths, each with its direction.
orders as (
  select
    coalesce(plan:order_by[0]:descending::boolean, false) as descending_1,
    coalesce(plan:order_by[1]:descending::boolean, false) as descending_2,
    coalesce(plan:order_by[2]:descending::boolean, false) as descending_3,
    plan:order_by[0]:path[0]::varchar as field_1,
    plan:order_by[1]:path[0]::varchar as field_2,
    plan:order_by[2]:path[0]::varchar as field_3,
    array_slice(plan:order_by[0]:path, 1, 7) as path_1,
    array_slice(plan:order_by[1]:path, 1, 7) as path_2,
    array_slice(plan:order_by[2]:path, 1, 7) as path_3
  from request
)
