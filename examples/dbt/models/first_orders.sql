-- "First ever" of Activity Schema: activity_occurrence numbers the activities of each customer.
select
  customer,
  ts as first_ordered_at,
  feature_json:total::number(38, 2) as first_total
from {{ source('activity', 'customer_stream') }}
where activity = 'order.placed'
  and activity_occurrence = 1
  and customer is not null
