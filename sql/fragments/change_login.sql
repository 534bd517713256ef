-- The body of a procedure that says whether a user is kept from logging in: takes true or false; needs :user_name.
declare
  name_malformed exception (-20701, 'user_name must be a plain identifier: a letter, then letters, digits or _, at most 255 characters');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'USER';
  object_name varchar default upper(user_name);
  status varchar default iff({{ argument }}, 'disabled', 'enabled');
  attributes variant default object_construct();
  event_id varchar;
begin
  if (not coalesce(regexp_like(object_name, '[A-Z][A-Z0-9_]{0,254}'), false)) then
    raise name_malformed;
  end if;
  alter user identifier(:object_name) set disabled = {{ argument }};
{{ include land_event of 'system.user.' || :status }}
  return object_construct('status', status, 'user', object_name, 'event_id', event_id);
end;
