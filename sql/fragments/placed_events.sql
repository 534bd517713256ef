-- The events of `filtered` that an answer has room for, as CTEs: `chosen` holds their columns, with place and row_count.
{{ include order_paths }},
sortable as (
  select
    filtered.event_id as tie,
    orders.descending_1,
    orders.descending_2,
    orders.descending_3,
    {{ include event_field of 1 }} as key_1,
    {{ include event_field of 2 }} as key_2,
    {{ include event_field of 3 }} as key_3
  from filtered
  cross join orders
),
{{ include placed_rows }},
chosen as (
  select events.*, placed.place, placed.row_count
  from placed
  inner join {{ database }}.ACTIVITY.EVENTS as events on events.event_id = placed.tie
)
