-- The last refreshes of the events table, newest first: what each did, how long it took, why it failed.
select
  refresh_start_time,
  refresh_action,
  refresh_trigger,
  state,
  timestampdiff('millisecond', refresh_start_time, refresh_end_time) as runtime_ms,
  statistics:numInsertedRows::number(38, 0) as rows_inserted,
  statistics:numDeletedRows::number(38, 0) as rows_deleted,
  state_message
from table({{ database }}.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(
  name => '{{ database }}.ACTIVITY.EVENTS', result_limit => 100
))
order by refresh_start_time desc
