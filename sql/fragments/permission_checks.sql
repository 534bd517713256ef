-- Refuses what names no subject or no actions. Needs the variables of permission_variables and :action_pattern.
  if (not coalesce(length(object_name) between 1 and 255, false)) then
    raise name_malformed;
  end if;
  if (not coalesce(regexp_like(action_pattern, '[*]|[a-z0-9_]+([.][a-z0-9_]+)*[.]([*]|[a-z0-9_]+)'), false)) then
    raise pattern_malformed;
  end if;
  if (not coalesce(object_kind in ('USER', 'GROUP'), false)) then
    raise type_unknown;
  end if;
