-- The database holds a table-like object that the Two-Table Law does not allow, or lacks one of the two.
select 1
from {{ database }}.MCP.TABLE_COMPLIANCE_CHECK
where not is_allowed
