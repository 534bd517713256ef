-- One row per warehouse and day of the last 14: credits, credits per million events received that day, and storage now.
-- Metering is visible to a role that holds MONITOR USAGE ON ACCOUNT; without it the note says so and the figures are NULL.
with metered as (
  select
    warehouse_name,
    to_date(convert_timezone('UTC', start_time)) as day,
    sum(credits_used) as credits,
    sum(credits_used_compute) as compute_credits,
    sum(credits_used_cloud_services) as cloud_services_credits
  from table({{ database }}.INFORMATION_SCHEMA.WAREHOUSE_METERING_HISTORY(
    -- The days below are UTC; the session's date may be the one before or after.
    dateadd('day', -15, current_date()), dateadd('day', 1, current_date())
  ))
  where warehouse_name in ('{{ query_warehouse }}', '{{ refresh_warehouse }}')
  group by warehouse_name, to_date(convert_timezone('UTC', start_time))
),
warehouses as (
  select column1 as warehouse_name, column2 as purpose
  from values ('{{ query_warehouse }}', 'queries and procedures'), ('{{ refresh_warehouse }}', 'refresh of ACTIVITY.EVENTS')
),
days as (
  select dateadd('day', -f.value::number(38, 0), to_date(convert_timezone('UTC', current_timestamp()))) as day
  from table(flatten(input => array_generate_range(0, 14))) as f
),
arrivals as (
  select to_date(_recv_at) as day, count(*) as event_count
  from {{ database }}.ACTIVITY.EVENTS
  where _recv_at >= dateadd('day', -14, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
  group by to_date(_recv_at)
),
storage as (
  select sum(bytes) as bytes
  from {{ database }}.INFORMATION_SCHEMA.TABLES
  where table_type <> 'VIEW'
),
visible as (
  select count(*) as metered_count
  from metered
)
select
  warehouses.warehouse_name,
  warehouses.purpose,
  days.day,
  iff(visible.metered_count = 0, null, coalesce(metered.credits, 0)) as credits,
  iff(visible.metered_count = 0, null, coalesce(metered.compute_credits, 0)) as compute_credits,
  iff(visible.metered_count = 0, null, coalesce(metered.cloud_services_credits, 0)) as cloud_services_credits,
  coalesce(arrivals.event_count, 0) as event_count,
  metered.credits / nullif(arrivals.event_count, 0) * 1000000 as credits_per_million_events,
  storage.bytes as storage_bytes,
  iff(
    visible.metered_count = 0,
    'no metering visible: it trails by up to three hours, and the owner of this view needs MONITOR USAGE ON ACCOUNT',
    null
  ) as note
from warehouses
cross join days
cross join storage
cross join visible
left outer join metered
  on warehouses.warehouse_name = metered.warehouse_name
  and days.day = metered.day
left outer join arrivals on days.day = arrivals.day
