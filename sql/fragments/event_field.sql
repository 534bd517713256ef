-- The value of an event's field as VARIANT; NULL when it has none. The field is data: its name in field_n, the keys into its value in
-- the ARRAY path_n, which are looked up and never evaluated. Needs the columns of ACTIVITY.EVENTS. Takes n.
case field_{{ argument }}
  when 'event_id' then to_variant(event_id)
  when 'occurred_at' then to_variant(to_varchar(occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'))
  when 'received_at' then to_variant(to_varchar(_recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'))
  when 'actor_id' then to_variant(actor_id)
  when 'anonymous_actor_id' then to_variant(anonymous_actor_id)
  when 'action' then to_variant(action)
  when 'object_type' then to_variant(object_type)
  when 'object_id' then to_variant(object_id)
  when 'source' then to_variant(source)
  when 'schema_version' then to_variant(schema_version)
  when 'depends_on_event_id' then to_variant(depends_on_event_id)
  when 'revenue_impact' then to_variant(revenue_impact)
  when 'link' then to_variant(link)
  when 'source_lane' then to_variant(_source_lane)
  when 'hour' then to_variant(to_varchar(occurred_at, 'YYYY-MM-DD"T"HH24:00:00"Z"'))
  when 'day' then to_variant(to_varchar(occurred_at, 'YYYY-MM-DD'))
  when 'week' then to_variant(to_varchar(dateadd('day', 1 - dayofweekiso(occurred_at), occurred_at), 'YYYY-MM-DD'))
  when 'month' then to_variant(to_varchar(occurred_at, 'YYYY-MM'))
  when 'attributes' then reduce(path_{{ argument }}, attributes, (found, key) -> get(found, key::varchar))
end
