-- Ends a user's membership of a permission group.
create or alter procedure {{ database }}.MCP.REMOVE_GROUP_MEMBER(group_name varchar, user_name varchar)
returns variant
language sql
comment = 'Removes a user from a permission group'
execute as owner
as
$$
{{ include change_membership of 'system.group.member_removed' }}
$$
