-- Makes a user a member of a permission group; groups exist by having members.
create or alter procedure {{ database }}.MCP.ADD_GROUP_MEMBER(group_name varchar, user_name varchar)
returns variant
language sql
comment = 'Adds a user to a permission group'
execute as owner
as
$$
{{ include change_membership of 'system.group.member_added' }}
$$
