-- Lets a user who was disabled log in again; permissions are as they were.
create or alter procedure {{ database }}.MCP.ENABLE_MCP_USER(user_name varchar)
returns variant
language sql
comment = 'Lets a disabled user log in again'
execute as owner
as
$$
declare
  name_malformed exception (-20701, 'user_name must be a plain identifier: a letter, then letters, digits or _, at most 255 characters');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'USER';
  object_name varchar default upper(user_name);
  attributes variant default object_construct();
  event_id varchar;
begin
  if (not coalesce(regexp_like(object_name, '[A-Z][A-Z0-9_]{0,254}'), false)) then
    raise name_malformed;
  end if;
  alter user identifier(:object_name) set disabled = false;
{{ include land_event of 'system.user.enabled' }}
  return object_construct('status', 'enabled', 'user', object_name, 'event_id', event_id);
end;
$$
