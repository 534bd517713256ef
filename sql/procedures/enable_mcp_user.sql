-- Lets a user who was disabled log in again; permissions are as they were.
create or alter procedure {{ database }}.MCP.ENABLE_MCP_USER(user_name varchar)
returns variant
language sql
comment = 'Lets a disabled user log in again'
execute as owner
as
$$
{{ include change_login of false }}
$$
