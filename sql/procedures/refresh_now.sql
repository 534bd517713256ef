-- Refreshes the events table at once. Owned by the deployer, which owns the table: OPERATE would also allow to suspend it.
create or alter procedure {{ database }}.MCP.REFRESH_NOW()
returns variant
language sql
comment = 'Refreshes ACTIVITY.EVENTS at once'
execute as owner
as
$$
declare
  started_at timestamp_tz default convert_timezone('UTC', current_timestamp());
begin
  alter dynamic table {{ database }}.ACTIVITY.EVENTS refresh;
  return object_construct(
    'status', 'refreshed',
    'started_at', to_varchar(started_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
    'runtime_ms', timestampdiff('millisecond', started_at, current_timestamp())
  );
end;
$$
