-- How long people take until they do the same thing again, by activity: the share that comes back and the median days.
select
  activity,
  count(*) as first_time_count,
  count(activity_repeated_at) as repeated_count,
  count(activity_repeated_at) / count(*) as repeat_rate,
  median(timestampdiff('second', ts, activity_repeated_at) / 86400) as median_days_between
from {{ database }}.ACTIVITY.{{ entity }}_STREAM
where activity_occurrence = 1
group by activity
order by first_time_count desc, activity
