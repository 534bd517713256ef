-- Lets a user or group query actions, within budgets: rows a query, seconds a query, seconds a day. NULL means the configured default.
create or alter procedure {{ database }}.MCP.GRANT_USER_PERMISSION(
  user_name varchar,
  action_pattern varchar,
  max_rows number default null,
  max_runtime_seconds number default null,
  daily_runtime_seconds number default null,
  expires_at varchar default null,
  reason varchar default null,
  subject_type varchar default 'USER'
)
returns variant
language sql
comment = 'Grants a user or group the right to query actions, within budgets'
execute as owner
as
$$
declare
{{ include permission_variables }}
  expiry_malformed exception (-20204, 'expires_at must be an ISO 8601 time with an offset, such as 2030-01-31T00:00:00Z');
  budget_malformed exception (-20205, 'max_rows, max_runtime_seconds and daily_runtime_seconds must be whole numbers above 0');
begin
{{ include permission_checks }}
  if (expires_at is not null and {{ include utc_instant of expires_at }} is null) then
    raise expiry_malformed;
  end if;
  if (coalesce(least(coalesce(max_rows, 1), coalesce(max_runtime_seconds, 1), coalesce(daily_runtime_seconds, 1)) < 1, true)) then
    raise budget_malformed;
  end if;
  attributes := object_construct(
    'pattern', action_pattern,
    'max_rows', max_rows,
    'max_runtime_seconds', max_runtime_seconds,
    'daily_runtime_seconds', daily_runtime_seconds,
    'expires_at', expires_at,
    'reason', reason
  );
{{ include land_permission of 'system.permission.granted' }}
end;
$$
