-- Lands one event of the warehouse itself, in the lane of its namespace, and reads its id back into :event_id.
-- Takes the action as a literal; the lane is its first word. Needs the variables object_kind, object_name, attributes, recv_at.
  insert into {{ database }}.LANDING.RAW_EVENTS (payload, _source_lane, _recv_at)
  select
    object_construct(
      'action', {{ argument }},
      'occurred_at', to_varchar(:recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF9"Z"'),
      'actor_id', current_user(),
      'object', object_construct('type', :object_kind, 'id', :object_name),
      'attributes', :attributes,
      'source', 'warehouse',
      'schema_version', '2.1.0'
    ),
    upper(split_part({{ argument }}, '.', 1)),
    :recv_at;
  with received as (
    select
      object_construct(
        'action', {{ argument }},
        'occurred_at', to_varchar(:recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF9"Z"'),
        'actor_id', current_user(),
        'object', object_construct('type', :object_kind, 'id', :object_name)
      )::variant as payload,
      upper(split_part({{ argument }}, '.', 1)) as _source_lane,
      :recv_at as _recv_at
  ),
  {{ include judged_events }}
  select event_id
  into :event_id
  from judged;
