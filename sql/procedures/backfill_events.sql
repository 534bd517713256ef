-- Replays what EXPORT_EVENTS wrote below a path of the stage MCP.EVENT_BACKUP, in batches, each with its own progress event in
-- one transaction. Lane and receive time are kept, so events keep their ids. After an interruption the next call goes on behind
-- the last batch that was committed; when everything is in, a further call changes nothing. When files have come or gone since,
-- they may stand anywhere in the order: it begins anew, and what is in already counts no second time.
create or alter procedure {{ database }}.MCP.BACKFILL_EVENTS(path varchar, batch_size number default 10000)
returns variant
language sql
comment = 'Replays exported events in batches; idempotent and resumable'
execute as owner
as
$$
declare
  path_malformed exception (-20502, 'path must be folders of letters, digits, _ and - joined by /, at most 200 characters');
  size_malformed exception (-20503, 'batch_size must be a whole number from 1 to 1000000');
  nothing_found exception (-20504, 'no exported events below this path of the stage MCP.EVENT_BACKUP; EXPORT_EVENTS writes them');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'BACKFILL';
  object_name varchar default path;
  attributes variant;
  event_id varchar;
  total integer default 0;
  resumed_at integer default 0;
  replayed_to integer default 0;
  batches integer default 0;
begin
  if (not coalesce(regexp_like(path, '[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*') and length(path) <= 200, false)) then
    raise path_malformed;
  end if;
  if (not coalesce(batch_size between 1 and 1000000, false)) then
    raise size_malformed;
  end if;
  select count(*)
  into :total
  from @{{ database }}.MCP.EVENT_BACKUP (file_format => '{{ database }}.MCP.EVENT_BACKUP_FORMAT')
  where startswith(metadata$filename, :path || '/');
  if (total = 0) then
    raise nothing_found;
  end if;
  select coalesce(max(payload:attributes:position::number(38, 0)), 0)
  into :resumed_at
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'SYSTEM'
    and payload:action = 'system.backfill.progress'
    and payload:object:id = :path
    and payload:attributes:total = :total;
  replayed_to := resumed_at;
  while (replayed_to < total) do
    begin transaction;
    insert into {{ database }}.LANDING.RAW_EVENTS (payload, _source_lane, _recv_at)
    select
      event:payload,
      event:source_lane::varchar,
      to_timestamp_tz(event:recv_at::varchar || ' +00:00', 'YYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM')
    from (
      select
        $1 as event,
        row_number() over (order by metadata$filename, metadata$file_row_number) as place
      from @{{ database }}.MCP.EVENT_BACKUP (file_format => '{{ database }}.MCP.EVENT_BACKUP_FORMAT')
      where startswith(metadata$filename, :path || '/')
    )
    where place > :replayed_to
      and place <= :replayed_to + :batch_size;
    replayed_to := least(replayed_to + batch_size, total);
    batches := batches + 1;
    recv_at := convert_timezone('UTC', current_timestamp());
    attributes := object_construct('position', replayed_to, 'total', total, 'batch_size', batch_size);
{{ include land_event of 'system.backfill.progress' }}
    commit;
  end while;
  return object_construct(
    'status', 'complete', 'path', path, 'events', total, 'replayed', total - resumed_at, 'resumed_at', resumed_at, 'batches', batches
  );
end;
$$
