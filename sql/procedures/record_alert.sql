-- What alerts call: writes a quality.alert.<kind> event, which MCP.OPEN_ALERTS shows at once, and mails it where an e-mail
-- integration is configured.
create or alter procedure {{ database }}.MCP.RECORD_ALERT(kind varchar, detail variant default null)
returns variant
language sql
comment = 'Writes an alert event and mails it where a notification integration is set'
execute as owner
as
$$
declare
  kind_malformed exception (-20401, 'kind must be one word of a-z, 0-9 and _');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'ALERT';
  object_name varchar default kind;
  attributes variant;
  event_id varchar;
begin
  if (not coalesce(regexp_like(kind, '[a-z0-9_]{1,60}'), false)) then
    raise kind_malformed;
  end if;
  attributes := object_construct('detail', detail);
{{ include land_event of 'quality.alert.' || :kind }}
  if ('{{ notification_integration }}' <> '') then
    call system$send_email(
      '{{ notification_integration }}',
      '{{ notification_email }}',
      '{{ database }}: alert ' || :kind,
      coalesce(to_json(:detail), 'no detail')
    );
  end if;
  return object_construct('status', 'recorded', 'kind', kind, 'event_id', event_id);
end;
$$
