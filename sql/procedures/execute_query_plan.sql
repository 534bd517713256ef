-- Runs a query plan that VALIDATE_QUERY_PLAN accepts and audits it as mcp.query.started, then as executed, stopped or failed, or
-- as rejected. A start without an end is a call that was cancelled, which leaves no time to say so. Four
-- statements serve every plan, for rows or groups, with or without relations: names from the plan are looked up, values are compared,
-- nothing becomes SQL. It runs as a child job, which is cancelled when the caller's runtime budget is used up. The audit is committed in
-- a transaction of its own, so that no ROLLBACK of the caller undoes it.
-- Answers rows as objects, at most the limit and at most 8 MB, and says when something was left out.
create or alter procedure {{ database }}.MCP.EXECUTE_QUERY_PLAN(plan variant)
returns variant
language sql
comment = 'Runs a query plan within the caller''s permissions and budgets; audited'
execute as owner
as
$$
declare
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'QUERY';
  object_name varchar;
  attributes variant;
  event_id varchar;
  verdict variant;
  normal variant;
  from_at timestamp_ntz;
  to_at timestamp_ntz;
  answer variant;
  result resultset;
  status varchar;
  message varchar;
  pause integer default 5;
  limit_ms integer;
  started_at timestamp_tz;
  elapsed_ms integer default 0;
  runtime_ms integer;
begin
  call {{ database }}.MCP.VALIDATE_QUERY_PLAN(:plan) into :verdict;
  if (not verdict:valid::boolean) then
    object_name := uuid_string();
    attributes := object_construct('plan', plan, 'errors', verdict:errors);
    begin transaction;
{{ include land_event of 'mcp.query.rejected' }}
    commit;
    return object_construct('status', 'rejected', 'valid', false, 'errors', verdict:errors, 'event_id', event_id);
  end if;
  normal := verdict:plan;
  from_at := to_timestamp_ntz(normal:from::varchar, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"');
  to_at := to_timestamp_ntz(normal:to::varchar, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"');
  started_at := current_timestamp();
  limit_ms := least(
    normal:max_runtime_seconds::float, normal:daily_runtime_seconds::float - normal:used_runtime_seconds::float
  ) * 1000;
  case
    when array_size(normal:measures) = 0 and array_size(normal:relate) = 0 then
      result := async (with {{ include planned_events }},
      {{ include placed_events }},
      page as (
        select place, row_count, {{ include event_doc of null }} as doc
        from chosen
      ),
      {{ include plan_answer of object_construct() }});
    when array_size(normal:measures) = 0 then
      result := async (with {{ include planned_events }},
      {{ include placed_events }},
      {{ include related_events of chosen }},
      page as (
        select place, row_count, {{ include event_doc of relate }} as doc
        from cohort
      ),
      {{ include plan_answer of object_construct() }});
    when array_size(normal:relate) = 0 then
      result := async (with {{ include planned_events }},
      cohort as (
        select *, null::variant as relate
        from filtered
      ),
      {{ include measured_events }},
      {{ include placed_groups }},
      {{ include plan_answer of (select skipped from left_out) }});
    else
      result := async (with {{ include planned_events }},
      {{ include related_events of filtered }},
      {{ include measured_events }},
      {{ include placed_groups }},
      {{ include plan_answer of (select skipped from left_out) }});
  end case;
  object_name := sqlid;
  attributes := object_construct('plan', plan, 'limit_ms', limit_ms::integer);
  begin transaction;
{{ include land_event of 'mcp.query.started' }}
  commit;
  status := system$get_resultset_status(result);
  while (status not in ('SUCCESS', 'FAILED_WITH_ERROR', 'FAILED_WITH_INCIDENT', 'ABORTED') and elapsed_ms < limit_ms) do
    call system$wait(:pause, 'MILLISECONDS');
    elapsed_ms := timestampdiff('millisecond', started_at, current_timestamp());
    -- A fifth of what has passed: the end is noticed soon after a short query, and a long one is seldom asked for.
    pause := least(greatest(elapsed_ms / 5, 10), 200)::integer;
    status := system$get_resultset_status(result);
  end while;
  runtime_ms := timestampdiff('millisecond', recv_at, current_timestamp());
  if (status <> 'SUCCESS') then
    if (status in ('FAILED_WITH_ERROR', 'FAILED_WITH_INCIDENT', 'ABORTED')) then
      begin
        await result;
      exception
        when other then
          message := sqlerrm;
      end;
      status := 'failed';
    else
      cancel result;
      message := 'stopped after ' || elapsed_ms || ' ms; ' || limit_ms || ' ms were left of your runtime budget; narrow the window or the filters';
      status := 'stopped';
    end if;
    answer := array_construct(object_construct('path', '', 'message', message));
    attributes := object_construct('plan', plan, 'errors', answer, 'runtime_ms', runtime_ms);
    begin transaction;
{{ include land_event of 'mcp.query.' || :status }}
    commit;
    return object_construct(
      'status', status, 'valid', true, 'errors', answer, 'query_id', object_name, 'runtime_ms', runtime_ms, 'event_id', event_id
    );
  end if;
  await result;
  for found in result do
    answer := found.answer;
  end for;
  attributes := object_construct(
    'plan', plan,
    'row_count', answer:row_count,
    'returned_count', array_size(answer:rows),
    'truncated', array_size(answer:rows) < answer:row_count::integer,
    'runtime_ms', runtime_ms
  );
  begin transaction;
{{ include land_event of 'mcp.query.executed' }}
  commit;
  return object_construct(
    'status', 'executed',
    'valid', true,
    'query_id', object_name,
    'rows', answer:rows,
    'row_count', answer:row_count,
    'returned_count', array_size(answer:rows),
    'truncated', array_size(answer:rows) < answer:row_count::integer,
    'notice', case
      when array_size(answer:rows) >= answer:row_count::integer then null
      when answer:cut_bytes::boolean then 'The answer was cut at 8000000 bytes; ask for fewer rows or group them.'
      else 'The answer was cut at ' || normal:limit::varchar || ' of ' || answer:row_count::varchar || ' rows; narrow the plan or group it.'
    end,
    'skipped', answer:skipped,
    'max_rows', normal:max_rows,
    'runtime_ms', runtime_ms,
    'from', normal:from,
    'to', normal:to,
    'event_id', event_id
  );
end;
$$
