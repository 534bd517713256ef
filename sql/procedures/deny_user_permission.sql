-- Denies a user or group actions; wins over every grant.
create or alter procedure {{ database }}.MCP.DENY_USER_PERMISSION(
  user_name varchar,
  action_pattern varchar,
  expires_at varchar default null,
  reason varchar default null,
  subject_type varchar default 'USER'
)
returns variant
language sql
comment = 'Denies a user or group actions; a deny wins over every grant'
execute as owner
as
$$
declare
  name_malformed exception (-20201, 'user_name must name a user or group: 1 to 255 characters');
  pattern_malformed exception (-20202, 'action_pattern must be *, an action such as order.placed, or a prefix such as order.*');
  type_unknown exception (-20203, 'subject_type must be USER or GROUP');
  expiry_malformed exception (-20204, 'expires_at must be an ISO 8601 time with an offset, such as 2030-01-31T00:00:00Z');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default upper(subject_type);
  object_name varchar default {{ include named_principal of user_name }};
  attributes variant;
  event_id varchar;
begin
  if (not coalesce(length(object_name) between 1 and 255, false)) then
    raise name_malformed;
  end if;
  if (not coalesce(regexp_like(action_pattern, '[*]|[a-z0-9_]+([.][a-z0-9_]+)*[.]([*]|[a-z0-9_]+)'), false)) then
    raise pattern_malformed;
  end if;
  if (not coalesce(object_kind in ('USER', 'GROUP'), false)) then
    raise type_unknown;
  end if;
  if (expires_at is not null and {{ include utc_instant of expires_at }} is null) then
    raise expiry_malformed;
  end if;
  attributes := object_construct(
    'pattern', action_pattern,
    'expires_at', expires_at,
    'reason', reason
  );
{{ include land_event of 'system.permission.denied' }}
  return object_construct('status', split_part('system.permission.denied', '.', 3), 'subject', object_name, 'subject_type', object_kind, 'pattern', action_pattern, 'event_id', event_id);
end;
$$
