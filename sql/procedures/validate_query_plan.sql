-- Checks a query plan against the grammar, the caller's permissions and budgets, and brings it into the one form that
-- EXECUTE_QUERY_PLAN runs. Answers every error at once, each with its path in the plan and what is allowed there. Runs nothing.
-- A JSON null is as good as leaving out; a key that nobody reads is an error, since it was meant to say something.
create or alter procedure {{ database }}.MCP.VALIDATE_QUERY_PLAN(plan variant)
returns variant
language sql
comment = 'Checks a query plan; answers valid, errors and the plan as it would run'
execute as owner
as
$$
declare
  now timestamp_ntz default convert_timezone('UTC', current_timestamp())::timestamp_ntz;
  row_limit integer;
  runtime_limit integer;
  daily_limit integer;
  used_seconds float;
  from_at timestamp_ntz;
  to_at timestamp_ntz;
  relations variant;
  filters variant;
  groups variant;
  measures variant;
  is_aggregate boolean default false;
  orders variant;
  permissions variant;
  errors variant;
begin
  -- The window: a name, or from and to. What cannot be read stays NULL and is reported below.
  select
    case
      when as_varchar(span) = 'last_24h' then dateadd('hour', -24, :now)
      when as_varchar(span) = 'last_7d' then dateadd('day', -7, :now)
      when as_varchar(span) = 'last_30d' then dateadd('day', -30, :now)
      when as_varchar(span) = 'last_90d' then dateadd('day', -90, :now)
      else {{ include utc_instant of from_text }}
    end,
    -- A named window ends now and includes what carries this very instant.
    iff(as_varchar(span) is not null, dateadd('second', 1, :now), {{ include utc_instant of to_text }})
  into :from_at, :to_at
  from (
    select
      coalesce(strip_null_value(get(:plan, 'window')), to_variant('last_7d')) as span,
      as_varchar(get(span, 'from')) as from_text,
      as_varchar(get(span, 'to')) as to_text
  );
  -- Each part is read into rows of what the plan says and what it means; `problem` is NULL where the two agree.
  select array_agg(object_construct_keep_null(
    'index', index,
    'relationship', relationship,
    'action', action,
    'as', alias,
    'match', matched_by,
    'problem', case
      when not is_object(item) then 'must be an object such as {"relationship": "first_before", "action": "page.viewed"}'
      when array_size(array_except(object_keys(as_object(item)), array_construct('relationship', 'action', 'match', 'as'))) > 0
        then 'has a key that is not known; allowed are relationship, action, match, as'
      when not coalesce(relationship in (
        'first_ever', 'last_ever', 'first_before', 'last_before', 'first_after', 'last_after', 'first_in_between',
        'last_in_between', 'aggregate_before', 'aggregate_in_between'
      ), false) then 'relationship must be one of first_ever, last_ever, first_before, last_before, first_after, last_after, first_in_between, last_in_between, aggregate_before, aggregate_in_between'
      when not coalesce(regexp_like(action, '[a-z0-9_]+([.][a-z0-9_]+)+'), false) then 'action must be an action name such as order.placed'
      when not regexp_like(alias, '[a-z][a-z0-9_]{0,60}') or typeof(strip_null_value(get(item, 'as'))) <> 'VARCHAR'
        then 'as must be a word of a-z, 0-9 and _'
      when alias_count > 1 then 'as must differ from the other relations'
      when not coalesce(matched_by in ('person', 'object'), false) then 'match must be person or object'
    end
  )) within group (order by index)
  into :relations
  from (
    select *, count(*) over (partition by alias) as alias_count
    from (
      select
        index,
        value as item,
        as_varchar(get(value, 'relationship')) as relationship,
        as_varchar(get(value, 'action')) as action,
        coalesce(as_varchar(get(value, 'as')), relationship || '_' || replace(action, '.', '_')) as alias,
        iff(strip_null_value(get(value, 'match')) is null, 'person', as_varchar(get(value, 'match'))) as matched_by
      from table(flatten(input => as_array(get(:plan, 'relate'))))
    )
  );
  with {{ include plan_fields }},
  items as (
    select
      index,
      value as item,
      as_varchar(get(value, 'field')) as field,
      lower(as_varchar(get(value, 'op'))) as op,
      strip_null_value(get(value, 'value')) as operand
    from table(flatten(input => as_array(get(:plan, 'filters'))))
  ),
  -- Of lists, how many values can be compared with.
  listed as (
    select items.index, count_if(typeof(member.value) in ('VARCHAR', 'INTEGER', 'DECIMAL', 'DOUBLE', 'BOOLEAN')) as comparable
    from items, lateral flatten(input => as_array(items.operand)) as member
    group by items.index
  ),
  checked as (
    select
      items.*,
      coalesce(fields.kind, iff(regexp_like(items.field, 'attributes([.][^.]+){1,5}'), 'any', null)) as kind,
      items.operand::varchar as operand_text,
      items.operand[0]::varchar as low_text,
      items.operand[1]::varchar as high_text,
      array_size(as_array(items.operand)) = listed.comparable as is_comparable
    from items
    left outer join fields on fields.name = items.field
    left outer join listed on listed.index = items.index
  ),
  timed as (
    select
      *,
      {{ include utc_instant of operand_text }} as operand_at,
      {{ include utc_instant of low_text }} as low_at,
      {{ include utc_instant of high_text }} as high_at,
      coalesce(array_size(array_except(object_keys(as_object(item)), array_construct('field', 'op', 'value'))) > 0, false) as has_other_keys
    from checked
  )
  select array_agg(object_construct_keep_null(
    'path', split(field, '.'),
    'op', op,
    'kind', kind,
    'value', iff(kind = 'time' and op <> 'between',
      to_variant(to_varchar(operand_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')), operand),
    'low', iff(kind = 'time',
      to_variant(to_varchar(low_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')), get(as_array(operand), 0)),
    'high', iff(kind = 'time',
      to_variant(to_varchar(high_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"')), get(as_array(operand), 1)),
    'index', index,
    'part', case
      when not is_object(item) then ''
      when has_other_keys then ''
      when kind is null then '.field'
      when not coalesce(op in ('=', '!=', '<', '<=', '>', '>=', 'in', 'not_in', 'between', 'contains', 'starts_with', 'ends_with', 'is_null', 'is_not_null'), false) then '.op'
      else '.value'
    end,
    'problem', case
      when not is_object(item) then 'must be an object such as {"field": "actor_id", "op": "=", "value": "u1"}'
      when has_other_keys then 'has a key that is not known; allowed are field, op, value'
      when kind is null then 'field ' || coalesce('"' || left(field, 100) || '" is unknown', 'is missing') || '; allowed are event_id, occurred_at, actor_id, anonymous_actor_id, action, object_type, object_id, source, schema_version, depends_on_event_id, revenue_impact, link, source_lane, received_at, hour, day, week, month, attributes.<path>'
      when not coalesce(op in ('=', '!=', '<', '<=', '>', '>=', 'in', 'not_in', 'between', 'contains', 'starts_with', 'ends_with', 'is_null', 'is_not_null'), false)
        then 'op ' || coalesce('"' || left(op, 30) || '" is unknown', 'is missing') || '; allowed are =, !=, <, <=, >, >=, in, not_in, between, contains, starts_with, ends_with, is_null, is_not_null'
      when op in ('is_null', 'is_not_null') then iff(operand is null, null, 'value must be left out with ' || op)
      when op in ('in', 'not_in') then iff(
        coalesce(is_comparable and array_size(operand) between 1 and 1000 and kind <> 'time', false), null,
        'value must be an array of 1 to 1000 values' || iff(kind = 'time', '; use between for times', ''))
      when op = 'between' then iff(
        coalesce(is_comparable and array_size(operand) = 2, false)
          and (kind <> 'time' or (low_at is not null and high_at is not null)),
        null, 'value must be an array of two' || iff(kind = 'time', ' ISO 8601 times with an offset', ' values'))
      when operand is null or is_array(operand) or is_object(operand) then 'value must be a text, number or boolean; use is_null to find missing values'
      when op in ('contains', 'starts_with', 'ends_with') then iff(typeof(operand) = 'VARCHAR' and kind in ('text', 'any'), null, 'value must be text, and the field a text')
      when kind = 'time' then iff(operand_at is not null, null, 'value must be an ISO 8601 time with an offset')
      when kind = 'number' then iff(typeof(operand) in ('INTEGER', 'DECIMAL', 'DOUBLE'), null, 'value must be a number')
      when kind = 'text' then iff(typeof(operand) = 'VARCHAR', null, 'value must be text')
    end
  )) within group (order by index)
  into :filters
  from timed;
  -- What may be grouped by and measured: fields, attributes, and the columns a relation appends (alias.field).
  with {{ include plan_fields }},
  items as (
    select index, value as item, as_varchar(value) as field
    from table(flatten(input => as_array(get(:plan, 'group_by'))))
  )
  select array_agg(object_construct_keep_null(
    'name', items.field,
    'path', iff(relation.value is null, split(items.field, '.'), array_cat(array_construct('relate'), split(items.field, '.'))),
    'index', items.index,
    'problem', iff(
      fields.name is not null or relation.value is not null
        or coalesce(regexp_like(items.field, 'attributes([.][^.]+){1,5}'), false),
      null,
      coalesce('field "' || left(items.field, 100) || '" is unknown', 'must be the name of a field')
        || '; allowed are event_id, occurred_at, actor_id, anonymous_actor_id, action, object_type, object_id, source, schema_version, depends_on_event_id, revenue_impact, link, source_lane, received_at, hour, day, week, month, attributes.<path>, <relation>.<field>'
    )
  )) within group (order by items.index)
  into :groups
  from items
  left outer join fields on fields.name = items.field
  left outer join (select value from table(flatten(input => :relations))) as relation
    on regexp_like(items.field, '[a-z0-9_]+[.](event_id|occurred_at|action|revenue_impact|count|first_at|last_at|seconds)')
    and split_part(items.field, '.', 1) = relation.value:as::varchar;
  with {{ include plan_fields }},
  written as (
    select
      index,
      value as item,
      coalesce(as_varchar(value), as_varchar(get(value, 'fn')) || coalesce('(' || as_varchar(get(value, 'field')) || ')', '')) as text
    from table(flatten(input => as_array(get(:plan, 'measures'))))
  ),
  items as (
    select
      index,
      item,
      text,
      lower(regexp_substr(text, '^([a-z0-9_]+)', 1, 1, 'e', 1)) as fn,
      regexp_substr(text, '^[a-z0-9_]+[(](.+)[)]$', 1, 1, 'e', 1) as field
    from written
  )
  select array_agg(object_construct_keep_null(
    'name', coalesce(as_varchar(get(items.item, 'as')), items.text),
    'fn', iff(items.fn = 'count' and items.field is null, 'count_all', items.fn),
    'path', iff(relation.value is null, split(items.field, '.'), array_cat(array_construct('relate'), split(items.field, '.'))),
    'index', items.index,
    'problem', case
      when items.text is null then 'must be text such as count or sum(revenue_impact), or an object with fn and field'
      when array_size(array_except(object_keys(as_object(items.item)), array_construct('fn', 'field', 'as'))) > 0
        then 'has a key that is not known; allowed are fn, field, as'
      when typeof(strip_null_value(get(items.item, 'field'))) <> 'VARCHAR' then 'field must be text'
      when typeof(strip_null_value(get(items.item, 'as'))) <> 'VARCHAR' then 'as must be text'
      when not coalesce(items.fn in ('count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'median', 'p90'), false)
        or (items.text <> items.fn and items.field is null)
        then 'measure "' || left(items.text, 100) || '" is unknown; allowed are count, count_distinct(field), sum(field), avg(field), min(field), max(field), median(field), p90(field)'
      when items.fn = 'count' and items.field is null then null
      when items.field is null then items.fn || ' needs a field, such as ' || items.fn || '(actor_id)'
      when fields.name is null and relation.value is null and not regexp_like(items.field, 'attributes([.][^.]+){1,5}')
        then 'field "' || left(items.field, 100) || '" is unknown; allowed are the fields of events, attributes.<path>, <relation>.<field>'
    end
  )) within group (order by items.index)
  into :measures
  from items
  left outer join fields on fields.name = items.field
  left outer join (select value from table(flatten(input => :relations))) as relation
    on regexp_like(items.field, '[a-z0-9_]+[.](event_id|occurred_at|action|revenue_impact|count|first_at|last_at|seconds)')
    and split_part(items.field, '.', 1) = relation.value:as::varchar;
  is_aggregate := array_size(groups) > 0 or array_size(measures) > 0;
  if (is_aggregate and array_size(measures) = 0) then
    measures := array_construct(object_construct_keep_null('name', 'count', 'fn', 'count_all', 'path', null, 'index', 0, 'problem', null));
  end if;
  with {{ include plan_fields }},
  items as (
    select
      index,
      coalesce(
        regexp_replace(as_varchar(value), '^-| +(asc|desc|ASC|DESC)$', ''),
        as_varchar(get(value, 'field'))
      ) as name,
      coalesce(
        startswith(as_varchar(value), '-') or regexp_like(as_varchar(value), '.* (desc|DESC)'),
        lower(as_varchar(get(value, 'direction'))) = 'desc',
        false
      ) as is_descending,
      coalesce(lower(as_varchar(get(value, 'direction'))) in ('asc', 'desc'), strip_null_value(get(value, 'direction')) is null)
        as is_direction_known,
      coalesce(array_size(array_except(object_keys(as_object(value)), array_construct('field', 'direction'))) > 0, false)
        as has_other_keys
    from table(flatten(input => as_array(get(:plan, 'order_by'))))
  ),
  outputs as (
    select value:name::varchar as name
    from table(flatten(input => array_cat(:groups, :measures)))
    where :is_aggregate
    union
    select name
    from fields
    where not :is_aggregate
  )
  select array_agg(object_construct_keep_null(
    'name', items.name,
    'path', iff(:is_aggregate, array_construct(items.name), split(items.name, '.')),
    'descending', items.is_descending,
    'index', items.index,
    'problem', case
      when items.has_other_keys then 'has a key that is not known; allowed are field, direction'
      when not items.is_direction_known then 'direction must be asc or desc'
      when outputs.name is null and (:is_aggregate or not coalesce(regexp_like(items.name, 'attributes([.][^.]+){1,5}'), false))
        then coalesce('"' || left(items.name, 100) || '" is not a column of the answer', 'must be the name of a column')
          || iff(:is_aggregate, '; allowed are the names in group_by and measures', '; allowed are the fields of events and attributes.<path>')
    end
  )) within group (order by items.index)
  into :orders
  from items
  left outer join outputs on outputs.name = items.name;
  if (not is_aggregate and array_size(orders) = 0) then
    orders := array_construct(object_construct_keep_null('name', 'occurred_at', 'path', array_construct('occurred_at'), 'descending', true, 'index', 0, 'problem', null));
  end if;
  -- Permissions of the caller for every action the plan names, and the tightest of their budgets.
  select array_agg(object_construct(
    'pattern', pattern,
    'effect', effect,
    'max_rows', max_rows,
    'max_runtime_seconds', max_runtime_seconds,
    'daily_runtime_seconds', daily_runtime_seconds
  ))
  into :permissions
  from {{ database }}.MCP.CURRENT_PERMISSIONS
  where user_name = current_user();
  with asked as (
    select distinct as_varchar(value) as action
    from table(flatten(input => as_array(get(:plan, 'actions'))))
    union
    select value:action::varchar
    from table(flatten(input => :relations))
  ),
  matching as (
    select
      permission.value:max_rows::number(38, 0) as max_rows,
      permission.value:max_runtime_seconds::number(38, 0) as max_runtime_seconds,
      permission.value:daily_runtime_seconds::number(38, 0) as daily_runtime_seconds
    from asked
    inner join (select value from table(flatten(input => :permissions))) as permission
      on permission.value:effect::varchar <> 'DENY'
      and {{ include pattern_covers of permission.value:pattern::varchar }}
  )
  select
    coalesce(min(matching.max_rows), max(limits.max_rows)),
    coalesce(min(matching.max_runtime_seconds), max(limits.max_runtime_seconds)),
    coalesce(min(matching.daily_runtime_seconds), max(limits.daily_runtime_seconds))
  into :row_limit, :runtime_limit, :daily_limit
  from (
    select
      max(iff(key = 'query.max_rows', value::number(38, 0), null)) as max_rows,
      max(iff(key = 'query.max_runtime_seconds', value::number(38, 0), null)) as max_runtime_seconds,
      max(iff(key = 'query.daily_runtime_seconds', value::number(38, 0), null)) as daily_runtime_seconds
    from {{ database }}.MCP.CURRENT_CONFIG
  ) as limits
  left outer join matching on true;
  with {{ include query_runs }}
  select coalesce(sum(runtime_ms), 0) / 1000
  into :used_seconds
  from runs
  where user_name = current_user();
  with asked as (
    select 'actions[' || index || ']' as path, as_varchar(value) as action
    from table(flatten(input => as_array(get(:plan, 'actions'))))
    union all
    select 'relate[' || index || '].action', value:action::varchar
    from table(flatten(input => :relations))
    where value:problem is null or is_null_value(value:problem)
  ),
  permitted as (
    select
      asked.path,
      asked.action,
      count_if(permission.value:effect::varchar = 'DENY') as denies,
      count_if(permission.value:effect::varchar <> 'DENY') as grants
    from asked
    left outer join (select value from table(flatten(input => :permissions))) as permission
      on {{ include pattern_covers of permission.value:pattern::varchar }}
    group by asked.path, asked.action
  ),
  problems as (
    select 1 as place, '' as path, 'plan must be an object, found ' || coalesce(typeof(:plan), 'NULL') as message
    where not coalesce(is_object(:plan), false)
    union all
    select 2, left(key, 100), 'is not part of a plan; allowed are actions, window, filters, group_by, measures, order_by, limit, relate'
    from table(flatten(input => as_object(:plan)))
    where key not in ('actions', 'window', 'filters', 'group_by', 'measures', 'order_by', 'limit', 'relate')
    union all
    select 3, 'actions', 'must be an array of 1 to 20 action names'
    where coalesce(array_size(as_array(get(:plan, 'actions'))), 0) not between 1 and 20
    union all
    select
      4,
      path,
      case
        when not coalesce(regexp_like(action, '[a-z0-9_]+([.][a-z0-9_]+)+'), false)
          then coalesce('"' || left(action, 100) || '"', 'value') || ' is not an action name; expected noun.verb_past of a-z, 0-9, _ and dots'
        when denies > 0 then 'you are denied "' || action || '"; MCP.MY_PERMISSIONS shows what you may query'
        else 'you have no permission for "' || action || '"; MCP.MY_PERMISSIONS shows what you may query'
      end
    from permitted
    where denies > 0
      or grants = 0
      or not coalesce(regexp_like(action, '[a-z0-9_]+([.][a-z0-9_]+)+'), false)
    union all
    select 5, 'window', 'must be last_24h, last_7d, last_30d, last_90d or {"from": time, "to": time} with ISO 8601 times with an offset, from before to'
    where not coalesce(:from_at < :to_at, false)
      or array_size(array_except(object_keys(as_object(get(:plan, 'window'))), array_construct('from', 'to'))) > 0
    union all
    select 6, column1, 'must be an array of at most ' || column2
    from values ('filters', 20), ('group_by', 5), ('measures', 10), ('order_by', 3), ('relate', 5)
    where strip_null_value(get(:plan, column1)) is not null
      and not coalesce(is_array(get(:plan, column1)) and array_size(get(:plan, column1)) <= column2, false)
    union all
    select 7, 'relate[' || index || ']', value:problem::varchar
    from table(flatten(input => :relations))
    where value:problem::varchar is not null
    union all
    select 8, 'filters[' || index || ']' || value:part::varchar, value:problem::varchar
    from table(flatten(input => :filters))
    where value:problem::varchar is not null
    union all
    select 9, 'group_by[' || index || ']', value:problem::varchar
    from table(flatten(input => :groups))
    where value:problem::varchar is not null
    union all
    select 10, 'measures[' || index || ']', value:problem::varchar
    from table(flatten(input => :measures))
    where value:problem::varchar is not null
    union all
    select 10, 'measures', '"' || value:name::varchar || '" names more than one column; give a measure another name with "as"'
    from table(flatten(input => array_cat(:groups, :measures)))
    where value:problem::varchar is null
    group by value:name::varchar
    having count(*) > 1
    union all
    select 11, 'order_by[' || index || ']', value:problem::varchar
    from table(flatten(input => :orders))
    where value:problem::varchar is not null
    union all
    select 12, 'limit', 'must be a whole number from 1 to 1000000'
    where strip_null_value(get(:plan, 'limit')) is not null
      and not coalesce(typeof(get(:plan, 'limit')) = 'INTEGER' and try_to_number(get(:plan, 'limit')::varchar) between 1 and 1000000, false)
    union all
    select 13, '', 'your runtime budget of ' || :daily_limit || ' seconds in 24 hours is used up; MCP.USER_RUNTIME_LAST_24H shows it'
    where :used_seconds >= :daily_limit
  )
  select array_agg(object_construct('path', path, 'message', iff(path = '', '', path || ': ') || message)) within group (order by place, path)
  into :errors
  from problems;
  return object_construct(
    'valid', array_size(errors) = 0,
    'errors', errors,
    'plan', iff(array_size(errors) > 0, null, object_construct(
      'actions', plan:actions,
      'from', to_varchar(from_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
      'to', to_varchar(to_at, 'YYYY-MM-DD"T"HH24:MI:SS.FF3"Z"'),
      'filters', filters,
      'group_by', groups,
      'measures', measures,
      'order_by', orders,
      'relate', relations,
      'limit', least(row_limit, coalesce(plan:limit::integer, row_limit)),
      'max_rows', row_limit,
      'max_runtime_seconds', runtime_limit,
      'daily_runtime_seconds', daily_limit,
      'used_runtime_seconds', used_seconds
    ))
  );
end;
$$
