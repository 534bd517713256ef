-- One row for the events table: its lag now and over the last day, its last error, and what its refreshes did.
with refreshes as (
  select
    state,
    state_message,
    refresh_action,
    refresh_trigger,
    refresh_end_time,
    data_timestamp,
    timestampdiff('millisecond', data_timestamp, refresh_end_time) / 1000 as lag_seconds,
    statistics:numInsertedRows::number(38, 0) as rows_inserted,
    statistics:numDeletedRows::number(38, 0) as rows_deleted
  from table({{ database }}.INFORMATION_SCHEMA.DYNAMIC_TABLE_REFRESH_HISTORY(
    name => '{{ database }}.ACTIVITY.EVENTS', result_limit => 10000
  ))
),
summary as (
  select
    count_if(state = 'SUCCEEDED') as refreshes_succeeded_24h,
    count_if(state in ('FAILED', 'UPSTREAM_FAILED')) as refreshes_failed_24h,
    max(iff(state = 'SUCCEEDED', refresh_end_time, null)) as last_refresh_at,
    max_by(state_message, iff(state = 'FAILED', refresh_end_time, null)) as last_error,
    max(iff(state = 'FAILED', refresh_end_time, null)) as last_error_at,
    max_by(refresh_action, iff(state = 'SUCCEEDED', refresh_end_time, null)) as last_refresh_action,
    percentile_cont(0.5) within group (order by iff(state = 'SUCCEEDED', lag_seconds, null)) as lag_p50_seconds,
    percentile_cont(0.99) within group (order by iff(state = 'SUCCEEDED', lag_seconds, null)) as lag_p99_seconds,
    avg(iff(state = 'SUCCEEDED' and refresh_action <> 'NO_DATA', rows_inserted, null)) as rows_per_refresh,
    sum(rows_inserted) as rows_inserted_24h,
    sum(rows_deleted) as rows_deleted_24h,
    count_if(refresh_action in ('FULL', 'REINITIALIZE')) as full_refreshes_24h
  from refreshes
)
select
  state.qualified_name as dynamic_table,
  state.scheduling_state:state::varchar as scheduling_state,
  state.scheduling_state:reason_code::varchar as suspend_reason_code,
  state.scheduling_state:reason_message::varchar as suspend_reason,
  state.target_lag_sec as target_lag_seconds,
  timestampdiff('second', state.latest_data_timestamp, current_timestamp()) as lag_seconds,
  coalesce(timestampdiff('second', state.latest_data_timestamp, current_timestamp()) <= state.target_lag_sec, false) as is_within_target,
  summary.lag_p50_seconds,
  summary.lag_p99_seconds,
  state.maximum_lag_sec as lag_maximum_seconds,
  state.time_within_target_lag_ratio,
  summary.last_refresh_at,
  summary.last_refresh_action,
  state.last_completed_refresh_state,
  coalesce(summary.last_error, iff(state.last_completed_refresh_state = 'FAILED', state.last_completed_refresh_state_message, null)) as last_error,
  summary.last_error_at,
  summary.refreshes_succeeded_24h,
  summary.refreshes_failed_24h,
  summary.full_refreshes_24h,
  summary.rows_per_refresh,
  summary.rows_inserted_24h,
  summary.rows_deleted_24h
from table({{ database }}.INFORMATION_SCHEMA.DYNAMIC_TABLES(name => '{{ database }}.ACTIVITY.EVENTS')) as state
cross join summary
