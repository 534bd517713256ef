-- The closed list of fields a query plan may name, as a CTE `fields` (name, kind). The buckets hour, day, week and month are of
-- occurred_at in UTC; weeks begin on Monday whatever WEEK_START says.
fields as (
  select column1 as name, column2 as kind
  from values
    ('event_id', 'text'), ('occurred_at', 'time'), ('actor_id', 'text'), ('anonymous_actor_id', 'text'), ('action', 'text'),
    ('object_type', 'text'), ('object_id', 'text'), ('source', 'text'), ('schema_version', 'text'),
    ('depends_on_event_id', 'text'), ('revenue_impact', 'number'), ('link', 'text'), ('source_lane', 'text'),
    ('received_at', 'time'), ('hour', 'text'), ('day', 'text'), ('week', 'text'), ('month', 'text')
)
