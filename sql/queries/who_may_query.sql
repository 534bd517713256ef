-- Who may query what, where it comes from and until when.
select
  user_name,
  pattern,
  effect,
  source,
  max_rows,
  expires_at,
  reason
from {{ database }}.MCP.CURRENT_PERMISSIONS
order by user_name, pattern
