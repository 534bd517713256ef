-- The groups of `answered` that an answer has room for, as CTEs: `page` holds doc, place and row_count.
{{ include order_paths }},
sortable as (
  select
    answered.*,
    orders.descending_1,
    orders.descending_2,
    orders.descending_3,
    get(answered.doc, orders.field_1) as key_1,
    get(answered.doc, orders.field_2) as key_2,
    get(answered.doc, orders.field_3) as key_3
  from answered
  cross join orders
),
{{ include placed_rows }},
page as (
  select doc, place, row_count
  from placed
)
