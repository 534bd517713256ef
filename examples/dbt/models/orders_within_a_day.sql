-- "First in between": whether a customer ordered again within a day; activity_repeated_at is the next time of the same activity.
select
  customer,
  ts as ordered_at,
  activity_repeated_at as ordered_again_at
from {{ source('activity', 'customer_stream') }}
where activity = 'order.placed'
  and activity_repeated_at <= dateadd('day', 1, ts)
