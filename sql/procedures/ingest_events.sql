-- The bulk path: lands an array of events in one statement. Answers how many count, how many are dead letters and when they
-- were received. An event that carries _recv_at, because its client sends it again, keeps that time and thereby its id.
create or alter procedure {{ database }}.MCP.INGEST_EVENTS(events variant, source_lane varchar)
returns variant
language sql
comment = 'Lands an array of events in one statement; answers accepted, dead_lettered, recv_at'
execute as owner
as
$$
declare
  not_an_array exception (-20101, 'events must be an ARRAY of event objects; pass a single event as an array of one');
  lane_malformed exception (-20102, 'source_lane must be 1 to 64 letters, digits, dots, colons, hyphens or underscores');
  lane_reserved exception (-20103, 'source_lane SYSTEM, MCP or QUALITY is reserved for the procedures that own it; choose another');
  recv_at timestamp_tz default convert_timezone('UTC', date_trunc('millisecond', current_timestamp()));
  received_count integer default 0;
  dead_lettered integer default 0;
begin
  if (not coalesce(is_array(events), false)) then
    raise not_an_array;
  end if;
  if (not coalesce(regexp_like(source_lane, '[A-Za-z0-9_.:-]{1,64}'), false)) then
    raise lane_malformed;
  end if;
  if (upper(source_lane) in ('SYSTEM', 'MCP', 'QUALITY')) then
    raise lane_reserved;
  end if;
  with received as (
    select
      coalesce(value, parse_json('null')) as payload,
      :source_lane as _source_lane,
      :recv_at as _recv_at
    from table(flatten(input => :events))
  ),
  {{ include judged_events }}
  select count(*), count_if(reason is not null)
  into :received_count, :dead_lettered
  from judged;
  insert into {{ database }}.LANDING.RAW_EVENTS (payload, _source_lane, _recv_at)
  select
    payload,
    :source_lane,
    coalesce(
      to_timestamp_tz(
        to_varchar({{ include utc_instant of sent_text }}, 'YYYY-MM-DD HH24:MI:SS.FF9') || ' +00:00',
        'YYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM'
      ),
      :recv_at
    )
  from (
    select
      coalesce(value, parse_json('null')) as payload,
      as_varchar(value:_recv_at) as sent_text
    from table(flatten(input => :events))
  );
  return object_construct(
    'accepted', received_count - dead_lettered,
    'dead_lettered', dead_lettered,
    'recv_at', to_varchar(recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')
  );
end;
$$
