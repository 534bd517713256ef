-- The events table trails the landing table by more than three times its target lag.
select 1
from {{ database }}.MCP.DT_HEALTH_MONITOR
where lag_seconds > 3 * target_lag_seconds
