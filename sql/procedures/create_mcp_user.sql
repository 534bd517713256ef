-- Creates a user who may ask questions: with a public key as a service user, else as a person with a one-time random password
-- that must be changed at the first login. The password is answered once and kept nowhere, least of all in the event.
create or alter procedure {{ database }}.MCP.CREATE_MCP_USER(user_name varchar, email varchar default null, rsa_public_key varchar default null)
returns variant
language sql
comment = 'Creates a user of the query plans, by key pair or one-time password'
execute as owner
as
$$
declare
  name_malformed exception (-20701, 'user_name must be a plain identifier: a letter, then letters, digits or _, at most 255 characters');
  email_malformed exception (-20702, 'email must be an e-mail address');
  key_malformed exception (-20703, 'rsa_public_key must be the base64 text of a public key, without the BEGIN and END lines');
  recv_at timestamp_tz default convert_timezone('UTC', current_timestamp());
  object_kind varchar default 'USER';
  object_name varchar default upper(user_name);
  one_time_password varchar default 'Ot9_' || uuid_string() || uuid_string();
  attributes variant;
  event_id varchar;
begin
  if (not coalesce(regexp_like(object_name, '[A-Z][A-Z0-9_]{0,254}'), false)) then
    raise name_malformed;
  end if;
  if (email is not null and not regexp_like(email, '[^@[:space:]]+@[^@[:space:]]+')) then
    raise email_malformed;
  end if;
  if (rsa_public_key is not null) then
    if (not regexp_like(rsa_public_key, '[A-Za-z0-9+/=[:space:]]{100,}')) then
      raise key_malformed;
    end if;
    create user identifier(:object_name)
      type = service
      rsa_public_key = :rsa_public_key
      default_role = {{ user_role }}
      default_warehouse = {{ query_warehouse }}
      comment = 'Created by CREATE_MCP_USER';
  else
    create user identifier(:object_name)
      password = :one_time_password
      must_change_password = true
      default_role = {{ user_role }}
      default_warehouse = {{ query_warehouse }}
      comment = 'Created by CREATE_MCP_USER';
  end if;
  if (email is not null) then
    alter user identifier(:object_name) set email = :email;
  end if;
  grant role {{ user_role }} to user identifier(:object_name);
  attributes := object_construct('login', iff(rsa_public_key is null, 'password', 'key_pair'), 'email', email);
{{ include land_event of 'system.user.created' }}
  return object_construct(
    'status', 'created',
    'user', object_name,
    'role', '{{ user_role }}',
    'login', iff(rsa_public_key is null, 'password', 'key_pair'),
    'one_time_password', iff(rsa_public_key is null, one_time_password, null),
    'event_id', event_id
  );
end;
$$
