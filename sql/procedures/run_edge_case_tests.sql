-- Runs the rules of the warehouse on its own hard cases and answers one verdict a case. The cases are read by the very text that
-- ACTIVITY.EVENTS and the insert procedures run, without landing anything; what does land, lands in a transaction that is rolled
-- back. Safe on production.
create or alter procedure {{ database }}.MCP.RUN_EDGE_CASE_TESTS()
returns variant
language sql
comment = 'Runs named edge cases; answers test_name, status and details of each'
execute as owner
as
$$
declare
  lane varchar default 'EDGE-' || uuid_string();
  recv_at varchar default '2026-03-01T10:00:05.000Z';
  cases variant;
  results variant;
  answer variant;
  again variant;
  landed integer default 0;
  message varchar;
begin
  -- Each case: events (payload, lane, recv_at), and how many count, how many rows they make, how many are dead letters and why.
  cases := parse_json('[
    {"name": "duplicates_become_one_row", "accepted": 3, "rows": 1, "dead": 0, "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}}]},
    {"name": "one_instant_in_two_offsets_is_one_event", "accepted": 2, "rows": 1, "dead": 0, "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00.000Z"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T15:30:00+05:30"}}]},
    {"name": "milliseconds_are_truncated", "accepted": 2, "rows": 1, "dead": 0, "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00.123000Z"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00.123999Z"}}]},
    {"name": "missing_and_empty_values_are_the_same", "accepted": 3, "rows": 1, "dead": 0, "events": [
      {"payload": {"action": "page.viewed", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "page.viewed", "actor_id": "", "object": {"type": "", "id": ""}, "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "page.viewed", "actor_id": null, "object": null, "occurred_at": "2026-03-01T10:00:00Z"}}]},
    {"name": "absent_occurred_at_is_the_receive_time", "accepted": 1, "rows": 1, "dead": 0, "occurred_at": "2026-03-01T10:00:05.000", "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1"}}]},
    {"name": "another_lane_is_another_event", "accepted": 2, "rows": 2, "dead": 0, "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}, "lane": "A"},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}, "lane": "B"}]},
    {"name": "a_new_receive_time_is_a_new_event", "accepted": 2, "rows": 2, "dead": 0, "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}, "recv_at": "2026-03-01T10:00:06.000Z"}]},
    {"name": "time_without_offset_is_a_dead_letter", "accepted": 0, "rows": 0, "dead": 3, "reason": "%ISO 8601%", "events": [
      {"payload": {"action": "order.placed", "occurred_at": "2026-03-01T10:00:00"}},
      {"payload": {"action": "order.placed", "occurred_at": 1772359200}},
      {"payload": {"action": "order.placed", "occurred_at": "2026-02-30T10:00:00Z"}}]},
    {"name": "malformed_action_is_a_dead_letter", "accepted": 0, "rows": 0, "dead": 5, "reason": "action %", "events": [
      {"payload": {"actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "placed", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "Order.Placed", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "order..placed", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": 7, "occurred_at": "2026-03-01T10:00:00Z"}}]},
    {"name": "reserved_action_in_a_foreign_lane_is_a_dead_letter", "accepted": 0, "rows": 0, "dead": 3, "reason": "%reserved%", "events": [
      {"payload": {"action": "system.permission.granted", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}},
      {"payload": {"action": "mcp.query.executed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}, "lane": "SYSTEM"},
      {"payload": {"action": "quality.alert.x", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z", "source": "quality"}}]},
    {"name": "reserved_action_in_its_own_lane_counts", "accepted": 1, "rows": 1, "dead": 0, "events": [
      {"payload": {"action": "system.config.set", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z"}, "lane": "SYSTEM"}]},
    {"name": "smallest_attributes_survive", "accepted": 3, "rows": 1, "dead": 0, "attributes": {"n": 1}, "events": [
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z", "attributes": {"n": 2}, "source": "a"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z", "attributes": {"n": 1}, "source": "z"}},
      {"payload": {"action": "order.placed", "actor_id": "u1", "occurred_at": "2026-03-01T10:00:00Z", "attributes": {"n": 3}, "source": "m"}}]},
    {"name": "numbers_keep_every_digit", "accepted": 1, "rows": 1, "dead": 0, "attributes": {"account": 12345678901234567890123, "price": 123.12}, "events": [
      {"payload": {"action": "price.seen", "occurred_at": "2026-03-01T10:00:00Z", "attributes": {"price": 123.12, "account": 12345678901234567890123}}}]},
    {"name": "json_null_is_a_value", "accepted": 1, "rows": 1, "dead": 0, "attributes": {"a": null}, "events": [
      {"payload": {"action": "price.seen", "occurred_at": "2026-03-01T10:00:00Z", "attributes": {"a": null}}}]},
    {"name": "text_beyond_ascii_has_the_published_id", "accepted": 1, "rows": 1, "dead": 0,
      "event_id": "46bf674a40d91098bdab677d590550477a78b3fcc7ee4c2c22f9c85202157d6f", "events": [
      {"payload": {"action": "order.placed", "actor_id": "Zoë · 日本 · 🎉", "occurred_at": "2026-03-01T10:00:00Z"}, "lane": "DIRECT"}]}
  ]');
  with listed as (
    select index as case_index, value as item
    from table(flatten(input => :cases))
  ),
  received as (
    select
      object_insert(as_object(e.value:payload), 'edge_case', listed.item:name)::variant as payload,
      coalesce(e.value:lane::varchar, 'EDGE') as _source_lane,
      to_timestamp_tz(
        replace(replace(coalesce(e.value:recv_at::varchar, :recv_at), 'T', ' '), 'Z', ' +00:00'), 'YYYY-MM-DD HH24:MI:SS.FF3 TZH:TZM'
      ) as _recv_at
    from listed,
      lateral flatten(input => listed.item:events) as e
  ),
  {{ include judged_events }},
  by_case as (
    select
      payload:edge_case::varchar as name,
      count_if(reason is null) as accepted,
      count(distinct iff(reason is null, event_id, null)) as row_count,
      count_if(reason is not null) as dead,
      array_agg(distinct reason) as reasons,
      min(occurred_at) as occurred_at,
      min(event_id) as event_id,
      min_by(payload:attributes, coalesce(to_json(payload:attributes), '') || canonical) as attributes
    from judged
    group by payload:edge_case::varchar
  )
  select array_agg(object_construct(
    'test_name', listed.item:name,
    'status', iff(
      by_case.accepted = listed.item:accepted::integer
        and by_case.row_count = listed.item:rows::integer
        and by_case.dead = listed.item:dead::integer
        and (listed.item:occurred_at is null or to_varchar(by_case.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3') = listed.item:occurred_at::varchar)
        and (listed.item:event_id is null or by_case.event_id = listed.item:event_id::varchar)
        and (listed.item:attributes is null or to_json(by_case.attributes) = to_json(listed.item:attributes))
        and (listed.item:reason is null or array_to_string(by_case.reasons, ' ') like listed.item:reason::varchar),
      'PASS', 'FAIL'
    ),
    'details', object_construct(
      'accepted', by_case.accepted, 'rows', by_case.row_count, 'dead_lettered', by_case.dead, 'reasons', by_case.reasons
    )
  )) within group (order by listed.case_index)
  into :results
  from listed
  left outer join by_case on by_case.name = listed.item:name::varchar;
  -- A payload that is no object, and one on each side of the size limit.
  with received as (
    select column1::variant as payload, 'EDGE' as _source_lane, current_timestamp()::timestamp_tz as _recv_at
    from values (1)
    union all
    select parse_json('[{"action": "order.placed"}]'), 'EDGE', current_timestamp()::timestamp_tz
    union all
    select object_construct('action', 'note.added', 'attributes', object_construct('t', repeat('x', 1000000 - 45)))::variant, 'EDGE', current_timestamp()::timestamp_tz
    union all
    select object_construct('action', 'note.added', 'attributes', object_construct('t', repeat('x', 1000000 - 44)))::variant, 'EDGE', current_timestamp()::timestamp_tz
  ),
  {{ include judged_events }}
  select array_cat(:results, array_construct(
    object_construct(
      'test_name', 'payload_must_be_an_object',
      'status', iff(count_if(reason like 'payload is %; expected an OBJECT') = 2, 'PASS', 'FAIL'),
      'details', array_agg(reason)
    ),
    object_construct(
      'test_name', 'size_limit_counts_bytes',
      'status', iff(
        count_if(octet_length(canonical) = 1000000 and reason is null) = 1
          and count_if(reason = 'payload has 1000001 bytes; the limit is 1000000') = 1,
        'PASS', 'FAIL'
      ),
      'details', array_agg(octet_length(canonical))
    )
  ))
  into :results
  from judged;
  -- The insert procedures, in a transaction that leaves nothing behind.
  begin transaction;
  -- law:allow TT10 because this asks for the refusal of a reserved action
  call {{ database }}.MCP.INGEST_EVENTS(parse_json('[{"action": "order.placed"}, 5, {"action": "system.config.set"}]'), :lane) into :answer;
  select count(*) into :landed from {{ database }}.LANDING.RAW_EVENTS where _source_lane = :lane;
  results := array_append(results, object_construct(
    'test_name', 'ingest_loses_nothing',
    'status', iff(answer:accepted::integer = 1 and answer:dead_lettered::integer = 2 and landed = 3, 'PASS', 'FAIL'),
    'details', answer
  ));
  call {{ database }}.MCP.SAFE_INSERT_EVENT(parse_json('{"action": "order.placed", "_recv_at": "2026-03-01T10:00:05.000Z"}'), :lane) into :answer;
  call {{ database }}.MCP.SAFE_INSERT_EVENT(parse_json('{"action": "order.placed", "_recv_at": "2026-03-01T10:00:05.000Z"}'), :lane) into :again;
  results := array_append(results, object_construct(
    'test_name', 'a_retry_keeps_its_id',
    'status', iff(answer:status::varchar = 'accepted' and answer:event_id::varchar = again:event_id::varchar, 'PASS', 'FAIL'),
    'details', answer
  ));
  rollback;
  begin
    call {{ database }}.MCP.SAFE_INSERT_EVENT(parse_json('{"action": "order.placed"}'), 'SYSTEM') into :answer;
    message := 'was accepted';
  exception
    when other then
      message := sqlerrm;
  end;
  results := array_append(results, object_construct(
    'test_name', 'reserved_lane_is_refused',
    'status', iff(message like '%reserved%', 'PASS', 'FAIL'),
    'details', message
  ));
  select count(*) into :landed from {{ database }}.LANDING.RAW_EVENTS where _source_lane = :lane;
  results := array_append(results, object_construct(
    'test_name', 'the_tests_leave_nothing_behind',
    'status', iff(landed = 0, 'PASS', 'FAIL'),
    'details', landed
  ));
  return results;
exception
  when other then
    rollback;
    raise;
end;
$$
