-- Unloads the raw events received in [from_time, to_time) to the stage MCP.EVENT_BACKUP below a path, one JSON object an event
-- with its lane and receive time, so that BACKFILL_EVENTS can replay them as the same events.
create or alter procedure {{ database }}.MCP.EXPORT_EVENTS(from_time varchar, to_time varchar, path varchar)
returns variant
language sql
comment = 'Unloads raw events of a time range to the stage MCP.EVENT_BACKUP'
execute as owner
as
$$
declare
  time_malformed exception (-20501, 'from_time and to_time must be ISO 8601 times with an offset, the first before the second');
  path_malformed exception (-20502, 'path must be folders of letters, digits, _ and - joined by /, at most 200 characters');
  from_at timestamp_ntz default {{ include utc_instant of from_time }};
  to_at timestamp_ntz default {{ include utc_instant of to_time }};
  event_count integer default 0;
begin
  if (not coalesce(from_at < to_at, false)) then
    raise time_malformed;
  end if;
  if (not coalesce(regexp_like(path, '[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*') and length(path) <= 200, false)) then
    raise path_malformed;
  end if;
  select count(*)
  into :event_count
  from {{ database }}.LANDING.RAW_EVENTS
  where convert_timezone('UTC', _recv_at)::timestamp_ntz >= :from_at
    and convert_timezone('UTC', _recv_at)::timestamp_ntz < :to_at;
  copy into @{{ database }}.MCP.EVENT_BACKUP
  from (
    select object_construct(
      'payload', payload,
      'source_lane', _source_lane,
      'recv_at', to_varchar(convert_timezone('UTC', _recv_at), 'YYYY-MM-DD HH24:MI:SS.FF9')
    )
    from {{ database }}.LANDING.RAW_EVENTS
    where convert_timezone('UTC', _recv_at)::timestamp_ntz >= :from_at
      and convert_timezone('UTC', _recv_at)::timestamp_ntz < :to_at
  )
  partition by (:path)
  file_format = (type = json compression = gzip);
  return object_construct('status', 'exported', 'events', event_count, 'path', path);
end;
$$
