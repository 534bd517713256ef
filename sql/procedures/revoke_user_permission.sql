-- Takes back what was granted or denied for exactly this subject and pattern.
create or alter procedure {{ database }}.MCP.REVOKE_USER_PERMISSION(
  user_name varchar,
  action_pattern varchar,
  reason varchar default null,
  subject_type varchar default 'USER'
)
returns variant
language sql
comment = 'Takes back a grant or a deny of this subject and pattern'
execute as owner
as
$$
declare
{{ include permission_variables }}
begin
{{ include permission_checks }}
  attributes := object_construct(
    'pattern', action_pattern,
    'reason', reason
  );
{{ include land_permission of 'system.permission.revoked' }}
end;
$$
