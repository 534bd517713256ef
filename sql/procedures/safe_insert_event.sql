-- Lands one event, with three retries and a growing pause. An event that does not count still lands and is answered as a dead
-- letter with the reason, so that nothing is lost. An event that carries _recv_at, because its client sends it again, keeps it.
create or alter procedure {{ database }}.MCP.SAFE_INSERT_EVENT(payload variant, source_lane varchar default 'DIRECT')
returns variant
language sql
comment = 'Lands one event; answers status, event_id, retries and the reason of a dead letter'
execute as owner
as
$$
declare
  no_payload exception (-20111, 'payload must be an event object, found NULL');
  lane_malformed exception (-20102, 'source_lane must be 1 to 64 letters, digits, dots, colons, hyphens or underscores');
  lane_reserved exception (-20103, 'source_lane SYSTEM, MCP or QUALITY is reserved for the procedures that own it; choose another');
  recv_at timestamp_tz default convert_timezone('UTC', date_trunc('millisecond', current_timestamp()));
  event_id varchar;
  reason varchar;
  retries integer default 0;
  pause integer default 0;
  is_landed boolean default false;
begin
  if (payload is null) then
    raise no_payload;
  end if;
  if (not coalesce(regexp_like(source_lane, '[A-Za-z0-9_.:-]{1,64}'), false)) then
    raise lane_malformed;
  end if;
  if (upper(source_lane) in ('SYSTEM', 'MCP', 'QUALITY')) then
    raise lane_reserved;
  end if;
  select
    coalesce(
      to_timestamp_tz(
        to_varchar({{ include utc_instant of sent_text }}, 'YYYY-MM-DD HH24:MI:SS.FF9') || ' +00:00',
        'YYYY-MM-DD HH24:MI:SS.FF9 TZH:TZM'
      ),
      :recv_at
    )
  into :recv_at
  from (select as_varchar(get(:payload, '_recv_at')) as sent_text);
  with received as (
    select :payload as payload, :source_lane as _source_lane, :recv_at as _recv_at
  ),
  {{ include judged_events }}
  select event_id, reason
  into :event_id, :reason
  from judged;
  repeat
    begin
      insert into {{ database }}.LANDING.RAW_EVENTS (payload, _source_lane, _recv_at)
      select :payload, :source_lane, :recv_at;
      is_landed := true;
    exception
      when other then
        if (retries >= 3) then
          raise;
        end if;
        retries := retries + 1;
        pause := 100 * power(4, retries - 1);
        call system$wait(:pause, 'MILLISECONDS');
    end;
  until (is_landed)
  end repeat;
  return object_construct(
    'status', iff(reason is null, 'accepted', 'dead_lettered'),
    'event_id', iff(reason is null, event_id, null),
    'retries', retries,
    'reason', reason,
    'recv_at', to_varchar(recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')
  );
end;
$$
