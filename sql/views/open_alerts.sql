-- One row per kind of alert that was raised in the last 24 hours: how often and what it last said.
-- Read from the landing table, so that an alert shows even when the refresh itself is what failed.
with raised as (
  select
    split_part(payload:action::varchar, '.', 3) as kind,
    payload:attributes:detail as detail,
    convert_timezone('UTC', _recv_at)::timestamp_ntz as raised_at
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'QUALITY'
    and _recv_at >= dateadd('hour', -24, current_timestamp())
    and startswith(payload:action::varchar, 'quality.alert.')
)
select
  kind,
  max_by(detail, raised_at) as detail,
  min(raised_at) as first_raised_at,
  max(raised_at) as last_raised_at,
  count(*) as times_raised
from raised
group by kind
