-- What the MCP server calls: lands one event per tool call of the caller, mcp.tool.called, or mcp.query.rejected for a plan that
-- the server refused by its grammar before it came here. Answers how long the caller's tool calls ran in the last 24 hours.
create or alter procedure {{ database }}.MCP.RECORD_TOOL_CALLS(calls variant)
returns variant
language sql
comment = 'Audits tool calls of the MCP server as events; answers the run time of the last 24 hours'
execute as owner
as
$$
declare
  not_an_array exception (-20801, 'calls must be an ARRAY of 0 to 1000 objects');
  call_malformed exception (-20802, 'a call must have id (1 to 64 letters, digits, hyphens), tool (a-z, hyphens), outcome (a-z, _), runtime_ms (a whole number), at most 20000 bytes');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  malformed_count integer default 0;
  runtime_ms integer default 0;
begin
  if (not coalesce(is_array(calls) and array_size(calls) <= 1000, false)) then
    raise not_an_array;
  end if;
  select count_if(not coalesce(
    is_object(value)
      and regexp_like(as_varchar(value:id), '[A-Za-z0-9-]{1,64}')
      and regexp_like(as_varchar(value:tool), '[a-z-]{1,64}')
      and regexp_like(as_varchar(value:outcome), '[a-z_]{1,30}')
      and typeof(value:runtime_ms) = 'INTEGER'
      and try_to_number(value:runtime_ms::varchar) between 0 and 86400000
      and octet_length(to_json(value)) <= 20000,
    false
  ))
  into :malformed_count
  from table(flatten(input => :calls));
  if (malformed_count > 0) then
    raise call_malformed;
  end if;
  if (array_size(calls) > 0) then
    insert into {{ database }}.LANDING.RAW_EVENTS (payload, _source_lane, _recv_at)
    select
      object_construct(
        'action', iff(as_varchar(value:outcome) = 'rejected' and value:errors is not null, 'mcp.query.rejected', 'mcp.tool.called'),
        'occurred_at', to_varchar(:recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF9"Z"'),
        'actor_id', current_user(),
        'object', object_construct('type', 'TOOL_CALL', 'id', as_varchar(value:id)),
        'attributes', object_delete(as_object(value), 'id'),
        'source', 'mcp',
        'schema_version', '2.1.0'
      ),
      'MCP',
      :recv_at
    from table(flatten(input => :calls));
  end if;
  select coalesce(sum(payload:attributes:runtime_ms::number(38, 0)), 0)
  into :runtime_ms
  from {{ database }}.LANDING.RAW_EVENTS
  where _source_lane = 'MCP'
    and _recv_at >= dateadd('hour', -24, current_timestamp())
    and payload:object:type = 'TOOL_CALL'
    and payload:actor_id = current_user();
  return object_construct('status', 'recorded', 'recorded', array_size(calls), 'runtime_ms_24h', runtime_ms);
end;
$$
