-- Sets one configuration key by an event; MCP.CURRENT_CONFIG shows what holds. Limits and thresholds must be numbers.
create or alter procedure {{ database }}.MCP.SET_CONFIG(key varchar, value variant)
returns variant
language sql
comment = 'Sets a configuration key by an event'
execute as owner
as
$$
declare
  key_malformed exception (-20301, 'key must be words of a-z, 0-9 and _ joined by dots, at most 100 characters; MCP.CURRENT_CONFIG lists the known ones');
  value_missing exception (-20302, 'value must not be NULL; to return to a default, set the default');
  value_malformed exception (-20303, 'the value of this key must be a number not below 0; MCP.CURRENT_CONFIG shows its default');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'CONFIG';
  object_name varchar default key;
  attributes variant;
  event_id varchar;
begin
  if (not coalesce(regexp_like(key, '[a-z0-9_]+([.][a-z0-9_]+)*') and length(key) <= 100, false)) then
    raise key_malformed;
  end if;
  if (value is null or is_null_value(value)) then
    raise value_missing;
  end if;
  if (split_part(key, '.', 1) in ('query', 'alert', 'quality')
    and (typeof(value) not in ('INTEGER', 'DECIMAL', 'DOUBLE') or coalesce(try_to_double(value::varchar) < 0, true))) then
    raise value_malformed;
  end if;
  attributes := object_construct('value', value);
{{ include land_event of 'system.config.set' }}
  return object_construct('status', 'set', 'key', key, 'value', value, 'event_id', event_id);
end;
$$
