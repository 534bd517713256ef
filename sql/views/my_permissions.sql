-- One row per action pattern of the user who asks: what they may query, within which budgets, and why.
select
  pattern,
  effect,
  source,
  max_rows,
  max_runtime_seconds,
  daily_runtime_seconds,
  expires_at,
  reason,
  decided_at
from {{ database }}.MCP.CURRENT_PERMISSIONS
where user_name = current_user()
