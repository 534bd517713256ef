-- Runs a query plan that VALIDATE_QUERY_PLAN accepts and audits it as mcp.query.started, then as executed, stopped or failed, or
-- as rejected. A start without an end is a call that was cancelled, which leaves no time to say so. One
-- statement serves every plan: names from the plan are keys that are looked up in an object, values are compared, nothing
-- becomes SQL. It runs as a child job, which is cancelled when the caller's runtime budget is used up. The audit is committed in
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
  result := async (with request as (
    select :normal as plan
  ),
  candidates as (
    select
      events.event_id,
      events.occurred_at,
      coalesce(events.actor_id, events.anonymous_actor_id, events.event_id) as person,
      {{ include object_key of events }} as thing,
      object_construct(
        'event_id', events.event_id,
        'occurred_at', to_varchar(events.occurred_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
        'received_at', to_varchar(events._recv_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
        'actor_id', events.actor_id,
        'anonymous_actor_id', events.anonymous_actor_id,
        'action', events.action,
        'object_type', events.object_type,
        'object_id', events.object_id,
        'source', events.source,
        'schema_version', events.schema_version,
        'depends_on_event_id', events.depends_on_event_id,
        'revenue_impact', events.revenue_impact,
        'link', events.link,
        'source_lane', events._source_lane,
        'attributes', events.attributes,
        'hour', to_varchar(events.occurred_at, 'YYYY-MM-DD"T"HH24:00:00"Z"'),
        'day', to_varchar(events.occurred_at, 'YYYY-MM-DD'),
        'week', to_varchar(dateadd('day', 1 - dayofweekiso(events.occurred_at), events.occurred_at), 'YYYY-MM-DD'),
        'month', to_varchar(events.occurred_at, 'YYYY-MM')
      ) as doc
    from {{ database }}.ACTIVITY.EVENTS as events
    where events.action in (select value::varchar from request, lateral flatten(input => request.plan:actions))
      and events.occurred_at >= :from_at
      and events.occurred_at < :to_at
  ),
  -- One row more than the plan has filters, so that a plan without filters keeps its events.
  filters as (
    select
      f.value:op::varchar as op,
      f.value:path as path,
      f.value:value as expected,
      f.value:low as low,
      f.value:high as high
    from request, lateral flatten(input => array_append(request.plan:filters, object_construct('op', 'always'))) as f
  ),
  read_values as (
    select
      candidates.*,
      filters.op,
      {{ include value_at_path of filters.path }} as actual,
      filters.expected,
      filters.low,
      filters.high
    from candidates
    cross join filters
  ),
  compared as (
    select
      *,
      {{ include compare_actual of expected }} as to_expected,
      {{ include compare_actual of low }} as to_low,
      {{ include compare_actual of high }} as to_high
    from read_values
  ),
  filtered as (
    select
      event_id,
      any_value(occurred_at) as occurred_at,
      any_value(person) as person,
      any_value(thing) as thing,
      any_value(doc) as doc
    from compared
    group by event_id
    having count_if(not coalesce(
      case op
        when 'always' then true
        when 'is_null' then actual is null or is_null_value(actual)
        when 'is_not_null' then actual is not null and not is_null_value(actual)
        when '=' then to_expected = 0
        when '!=' then actual is not null and not is_null_value(actual) and coalesce(to_expected <> 0, true)
        when '<' then to_expected < 0
        when '<=' then to_expected <= 0
        when '>' then to_expected > 0
        when '>=' then to_expected >= 0
        when 'between' then to_low >= 0 and to_high <= 0
        when 'in' then array_contains(actual, as_array(expected))
        when 'not_in' then actual is not null and not is_null_value(actual) and not array_contains(actual, as_array(expected))
        when 'contains' then contains(as_varchar(actual), as_varchar(expected))
        when 'starts_with' then startswith(as_varchar(actual), as_varchar(expected))
        when 'ends_with' then endswith(as_varchar(actual), as_varchar(expected))
      end,
      false
    )) = 0
  ),
  relations as (
    select
      r.value:as::varchar as alias,
      r.value:relationship::varchar as relationship,
      r.value:action::varchar as action,
      r.value:match::varchar as matched_by
    from request, lateral flatten(input => request.plan:relate) as r
  ),
  -- When the same person does the same thing again, or the same is done to the same object: the end of "in between".
  repeats as (
    select
      event_id,
      lead(occurred_at) over (
        partition by action, coalesce(actor_id, anonymous_actor_id, event_id)
        order by occurred_at, event_id
      ) as repeated_at,
      lead(occurred_at) over (
        partition by action, coalesce({{ include object_key of events }}, event_id)
        order by occurred_at, event_id
      ) as repeated_on_object_at
    from {{ database }}.ACTIVITY.EVENTS as events
    where action in (select value::varchar from request, lateral flatten(input => request.plan:actions))
      and (select array_size(request.plan:relate) > 0 from request)
  ),
  -- What events are related to, by what they share: the person or the object.
  others as (
    select 'person' as matched_by, coalesce(events.actor_id, events.anonymous_actor_id, events.event_id) as subject, events.*
    from {{ database }}.ACTIVITY.EVENTS as events
    where events.action in (select relations.action from relations where relations.matched_by = 'person')
    union all
    select 'object', {{ include object_key of events }}, events.*
    from {{ database }}.ACTIVITY.EVENTS as events
    where events.object_id is not null
      and events.action in (select relations.action from relations where relations.matched_by = 'object')
  ),
  paired as (
    select
      filtered.event_id,
      filtered.occurred_at as own_at,
      relations.alias,
      relations.relationship,
      other.event_id as other_id,
      other.action as other_action,
      other.occurred_at as other_at,
      other.revenue_impact as other_revenue,
      to_varchar(other.occurred_at, 'YYYY-MM-DD HH24:MI:SS.FF9') || other.event_id as place
    from filtered
    cross join relations
    left outer join repeats on repeats.event_id = filtered.event_id
    left outer join others as other
      on other.matched_by = relations.matched_by
      and other.subject = iff(relations.matched_by = 'object', filtered.thing, filtered.person)
      and other.action = relations.action
      and other.event_id <> filtered.event_id
      and case
        when relations.relationship in ('first_ever', 'last_ever') then true
        when relations.relationship in ('first_before', 'last_before', 'aggregate_before') then other.occurred_at < filtered.occurred_at
        when relations.relationship in ('first_after', 'last_after') then other.occurred_at > filtered.occurred_at
        else other.occurred_at > filtered.occurred_at
          and other.occurred_at < coalesce(
            iff(relations.matched_by = 'object', repeats.repeated_on_object_at, repeats.repeated_at),
            '9999-12-31'::timestamp_ntz
          )
      end
  ),
  related as (
    select
      event_id,
      alias,
      case
        when startswith(relationship, 'aggregate_') then object_construct(
          'count', count(other_id),
          'first_at', to_varchar(min(other_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
          'last_at', to_varchar(max(other_at), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
          'revenue_impact', sum(other_revenue)
        )
        when startswith(relationship, 'first_') then object_construct(
          'event_id', min_by(other_id, place),
          'action', min_by(other_action, place),
          'occurred_at', to_varchar(min_by(other_at, place), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
          'revenue_impact', min_by(other_revenue, place),
          'seconds', timestampdiff('millisecond', any_value(own_at), min_by(other_at, place)) / 1000
        )
        else object_construct(
          'event_id', max_by(other_id, place),
          'action', max_by(other_action, place),
          'occurred_at', to_varchar(max_by(other_at, place), 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
          'revenue_impact', max_by(other_revenue, place),
          'seconds', timestampdiff('millisecond', any_value(own_at), max_by(other_at, place)) / 1000
        )
      end as appended
    from paired
    group by event_id, alias, relationship
  ),
  appended as (
    select event_id, object_agg(alias, to_variant(appended)) as relate
    from related
    group by event_id
  ),
  cohort as (
    select
      filtered.event_id,
      iff(appended.relate is null, filtered.doc, object_insert(filtered.doc, 'relate', appended.relate)) as doc
    from filtered
    left outer join appended on appended.event_id = filtered.event_id
  ),
  mode as (
    select array_size(plan:measures) > 0 as is_aggregate
    from request
  ),
  group_fields as (
    select g.value:name::varchar as name, g.value:path as path
    from request, lateral flatten(input => request.plan:group_by) as g
  ),
  keyed as (
    select
      cohort.event_id,
      any_value(cohort.doc) as doc,
      object_agg(group_fields.name, coalesce({{ include value_at_path of group_fields.path }}, parse_json('null'))) as keys
    from cohort
    cross join mode
    left outer join group_fields on true
    where mode.is_aggregate
    group by cohort.event_id
  ),
  measures as (
    select m.value:name::varchar as name, m.value:fn::varchar as fn, m.value:path as path
    from request, lateral flatten(input => request.plan:measures) as m
  ),
  measured_values as (
    select
      to_json(keyed.keys) as group_key,
      keyed.keys,
      measures.name,
      measures.fn,
      strip_null_value({{ include value_at_path of measures.path }}) as measured
    from keyed
    cross join measures
  ),
  measured as (
    select
      group_key,
      any_value(keys) as keys,
      name,
      case fn
        when 'count_all' then to_variant(count(*))
        when 'count' then to_variant(count(measured))
        when 'count_distinct' then to_variant(count(distinct to_json(measured)))
        when 'sum' then to_variant(sum({{ include exact_number of measured }}))
        when 'avg' then to_variant(avg({{ include exact_number of measured }}))
        when 'min' then coalesce(to_variant(min({{ include exact_number of measured }})), to_variant(min(as_varchar(measured))))
        when 'max' then coalesce(to_variant(max({{ include exact_number of measured }})), to_variant(max(as_varchar(measured))))
        when 'median' then to_variant(percentile_cont(0.5) within group (order by {{ include exact_number of measured }}))
        when 'p90' then to_variant(percentile_cont(0.9) within group (order by {{ include exact_number of measured }}))
      end as result,
      fn in ('sum', 'avg', 'median', 'p90') as is_sum,
      count_if(measured is not null and {{ include exact_number of measured }} is null) as skipped_count
    from measured_values
    group by group_key, name, fn
  ),
  columns as (
    select measured.group_key, k.key as name, k.value as value
    from (select group_key, any_value(keys) as keys from measured group by group_key) as measured,
      lateral flatten(input => measured.keys) as k
    union all
    select group_key, name, coalesce(result, parse_json('null'))
    from measured
  ),
  answered as (
    select group_key as tie, object_agg(name, value) as doc
    from columns
    group by group_key
    union all
    select event_id, object_delete(cohort.doc, 'hour', 'day', 'week', 'month')
    from cohort
    cross join mode
    where not mode.is_aggregate
  ),
  orders as (
    select
      coalesce(plan:order_by[0]:descending::boolean, false) as descending_1,
      coalesce(plan:order_by[1]:descending::boolean, false) as descending_2,
      coalesce(plan:order_by[2]:descending::boolean, false) as descending_3,
      plan:order_by[0]:path as path_1,
      plan:order_by[1]:path as path_2,
      plan:order_by[2]:path as path_3
    from request
  ),
  sortable as (
    select
      answered.tie,
      answered.doc,
      orders.descending_1,
      orders.descending_2,
      orders.descending_3,
      {{ include value_at_path of orders.path_1 }} as key_1,
      {{ include value_at_path of orders.path_2 }} as key_2,
      {{ include value_at_path of orders.path_3 }} as key_3
    from answered
    cross join orders
  ),
  keyed_rows as (
    select
      *,
      {{ include exact_number of key_1 }} as number_1,
      {{ include exact_number of key_2 }} as number_2,
      {{ include exact_number of key_3 }} as number_3,
      as_varchar(key_1) as text_1,
      as_varchar(key_2) as text_2,
      as_varchar(key_3) as text_3
    from sortable
  ),
  ranked as (
    select
      doc,
      count(*) over () as row_count,
      octet_length(to_json(doc)) as bytes,
      row_number() over (
        order by
          {{ include sort_key of 1 }},
          {{ include sort_key of 2 }},
          {{ include sort_key of 3 }},
          tie
      ) as place
    from keyed_rows
  ),
  bounded as (
    select
      *,
      sum(bytes) over (order by place rows between unbounded preceding and current row) as total_bytes
    from ranked
    where place <= (select plan:limit::number(38, 0) from request)
  )
  select object_construct(
    'rows', coalesce(array_agg(iff(place = 1 or total_bytes <= 8000000, doc, null)) within group (order by place), array_construct()),
    'row_count', coalesce(max(row_count), 0),
    'cut_bytes', coalesce(max(total_bytes) > 8000000, false),
    'skipped', (select coalesce(object_agg(name, to_variant(skipped)), object_construct()) from (
      select name, sum(skipped_count) as skipped from measured where is_sum group by name having sum(skipped_count) > 0
    ))
  ) as answer
  from bounded);
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
