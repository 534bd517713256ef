-- The one reading of a raw event, as CTEs over `received` (payload, _source_lane, _recv_at): `judged` holds one row per raw
-- event with its fields, its canonical id, and `reason`: NULL when the event counts, else why it is a dead letter.
-- ACTIVITY.EVENTS, MCP.DEAD_LETTERS and the insert procedures all include this text, so they cannot disagree.
extracted as (
  select
    payload,
    _source_lane,
    -- What a retrying client adds for transport is no part of the event.
    to_json(iff(is_object(payload), to_variant(object_delete(as_object(payload), '_recv_at')), payload)) as canonical,
    as_varchar(payload:action) as action,
    payload:actor_id::varchar as actor_id,
    payload:anonymous_actor_id::varchar as anonymous_actor_id,
    payload:object:type::varchar as object_type,
    payload:object:id::varchar as object_id,
    coalesce(
      as_varchar(payload:occurred_at),
      to_varchar(convert_timezone('UTC', as_timestamp_tz(payload:occurred_at)), 'YYYY-MM-DD"T"HH24:MI:SS.FF9"Z"'),
      to_varchar(convert_timezone('UTC', as_timestamp_ltz(payload:occurred_at)), 'YYYY-MM-DD"T"HH24:MI:SS.FF9"Z"')
    ) as occurred_text,
    as_varchar(payload:_recv_at) as sent_text,
    convert_timezone('UTC', _recv_at)::timestamp_ntz as _recv_at
  from received
),
timed as (
  select
    *,
    {{ include utc_instant of occurred_text }} as occurred_instant,
    {{ include utc_instant of sent_text }} as sent_instant
  from extracted
),
judged as (
  select
    payload,
    canonical,
    action,
    actor_id,
    anonymous_actor_id,
    object_type,
    object_id,
    coalesce(occurred_instant, _recv_at) as occurred_at,
    _source_lane,
    _recv_at,
    sha2(
      concat_ws(
        '|', 'v2', coalesce(action, ''), coalesce(actor_id, ''), coalesce(object_type, ''), coalesce(object_id, ''),
        to_varchar(coalesce(occurred_instant, _recv_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF3'), _source_lane,
        to_varchar(_recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3')
      ),
      256
    ) as event_id,
    case
      when not is_object(payload) then 'payload is ' || typeof(payload) || '; expected an OBJECT'
      when octet_length(canonical) > 1000000 then 'payload has ' || octet_length(canonical) || ' bytes; the limit is 1000000'
      when action is null and coalesce(is_null_value(payload:action), true) then 'action is missing; expected noun.verb_past'
      when action is null then 'action is ' || typeof(payload:action) || '; expected text, noun.verb_past'
      when not regexp_like(action, '[a-z0-9_]+([.][a-z0-9_]+)+')
        then 'action "' || left(action, 100) || '" is malformed; expected noun.verb_past of a-z, 0-9, _ and dots'
      when split_part(action, '.', 1) in ('system', 'mcp', 'quality') and _source_lane <> upper(split_part(action, '.', 1))
        then 'action "' || left(action, 100) || '" is reserved; lane "' || _source_lane || '" may not write it'
      when occurred_text is null and not coalesce(is_null_value(payload:occurred_at), true)
        then 'occurred_at is ' || typeof(payload:occurred_at) || '; expected ISO 8601 text with an offset'
      when occurred_text is not null and occurred_instant is null
        then 'occurred_at "' || left(occurred_text, 100) || '" is not an ISO 8601 time with an offset'
      when sent_instant is null and not coalesce(is_null_value(payload:_recv_at), true)
        then '_recv_at is not an ISO 8601 time with an offset'
    end as reason
  from timed
)
