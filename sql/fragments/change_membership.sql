-- The body of a procedure that changes who is in a group. Takes the action as a literal; needs :group_name and :user_name.
declare
  name_malformed exception (-20211, 'group_name and user_name must each have 1 to 255 characters');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'GROUP';
  object_name varchar default {{ include named_principal of group_name }};
  member varchar default {{ include named_principal of user_name }};
  attributes variant;
  event_id varchar;
begin
  if (not coalesce(length(object_name) between 1 and 255 and length(member) between 1 and 255, false)) then
    raise name_malformed;
  end if;
  attributes := object_construct('member', member);
{{ include land_event of argument }}
  return object_construct(
    'status', split_part({{ argument }}, '.', 3),
    'group', object_name,
    'member', member,
    'event_id', event_id
  );
end;
