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
{{ include permission_variables }}
  expiry_malformed exception (-20204, 'expires_at must be an ISO 8601 time with an offset, such as 2030-01-31T00:00:00Z');
begin
{{ include permission_checks }}
  if (expires_at is not null and {{ include utc_instant of expires_at }} is null) then
    raise expiry_malformed;
  end if;
  attributes := object_construct(
    'pattern', action_pattern,
    'expires_at', expires_at,
    'reason', reason
  );
{{ include land_permission of 'system.permission.denied' }}
end;
$$
