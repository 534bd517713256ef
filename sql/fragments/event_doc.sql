-- An event as an answer tells it. Needs the columns of ACTIVITY.EVENTS. Takes what it is related to, an OBJECT or NULL.
object_construct(
  'event_id', event_id,
  'occurred_at', to_varchar(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
  'received_at', to_varchar(_recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
  'actor_id', actor_id,
  'anonymous_actor_id', anonymous_actor_id,
  'action', action,
  'object_type', object_type,
  'object_id', object_id,
  'source', source,
  'schema_version', schema_version,
  'depends_on_event_id', depends_on_event_id,
  'revenue_impact', revenue_impact,
  'link', link,
  'source_lane', _source_lane,
  'attributes', attributes,
  'relate', {{ argument }}
)
