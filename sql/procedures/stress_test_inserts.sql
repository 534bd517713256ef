-- Measures the bulk path: lands event_count events in batches through INGEST_EVENTS inside one transaction, reads the time, and
-- rolls everything back, so that nothing remains.
create or alter procedure {{ database }}.MCP.STRESS_TEST_INSERTS(event_count number, batch_size number default 1000)
returns variant
language sql
comment = 'Measures events per second through INGEST_EVENTS and rolls back'
execute as owner
as
$$
declare
  count_malformed exception (-20601, 'event_count must be a whole number from 1 to 10000000, batch_size from 1 to 100000');
  lane varchar default 'STRESS-' || uuid_string();
  events variant;
  answer variant;
  started_at timestamp_tz;
  landed integer default 0;
  visible integer default 0;
  batches integer default 0;
  elapsed_ms integer default 0;
begin
  if (not coalesce(event_count between 1 and 10000000 and batch_size between 1 and 100000, false)) then
    raise count_malformed;
  end if;
  begin transaction;
  while (landed < event_count) do
    select array_agg(object_construct(
      'action', 'stress.inserted',
      'occurred_at', '2026-01-01T00:00:00Z',
      'actor_id', 'stress_' || value::varchar,
      'object', object_construct('type', 'stress', 'id', value::varchar),
      'attributes', object_construct('n', value)
    ))
    into :events
    from table(flatten(input => array_generate_range(:landed, least(:landed + :batch_size, :event_count))));
    started_at := current_timestamp();
    call {{ database }}.MCP.INGEST_EVENTS(:events, :lane) into :answer;
    elapsed_ms := elapsed_ms + timestampdiff('millisecond', started_at, current_timestamp());
    landed := landed + answer:accepted::integer + answer:dead_lettered::integer;
    batches := batches + 1;
  end while;
  select count(*)
  into :visible
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = :lane;
  rollback;
  return object_construct(
    'events', landed,
    'landed', visible,
    'batches', batches,
    'batch_size', batch_size,
    'seconds', elapsed_ms / 1000,
    'events_per_second', iff(elapsed_ms = 0, null, round(landed / (elapsed_ms / 1000)))
  );
exception
  when other then
    rollback;
    raise;
end;
$$
