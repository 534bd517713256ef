-- Keeps a user from logging in; permissions and history stay.
create or alter procedure {{ database }}.MCP.DISABLE_MCP_USER(user_name varchar)
returns variant
language sql
comment = 'Keeps a user from logging in'
execute as owner
as
$$
{{ include change_login of true }}
$$
