-- Who sends events more than once: ready events with more than one raw copy, by lane and source.
select
  _source_lane,
  source,
  count(*) as duplicated_event_count,
  sum(_copies - 1) as extra_copies
from {{ database }}.ACTIVITY.READY_EVENTS
where _copies > 1
group by _source_lane, source
order by extra_copies desc, _source_lane, source
