-- One row per action and schema version it was written in: how often, when, and the version the fields are read as.
-- Versions 2.0.x have the fields of 2.1.0 except `object`, `revenue_impact` and `link`, which then read as NULL.
select
  action,
  schema_version,
  case
    when schema_version is null then '2.1.0'
    when regexp_like(schema_version, '2[.][01]([.][0-9]+)?') then '2.1.0'
    else 'unknown'
  end as read_as,
  count(*) as event_count,
  min(occurred_at) as first_seen_at,
  max(occurred_at) as last_seen_at,
  count_if(object_type is null) as without_object_count
from {{ database }}.ACTIVITY.EVENTS
group by action, schema_version
