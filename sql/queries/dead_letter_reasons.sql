-- Why events were kept out in the last day, by lane and kind of reason, most frequent first.
select
  _source_lane,
  regexp_replace(reason, '"[^"]*"', '…') as reason,
  count(*) as dead_letter_count,
  max(_recv_at) as last_received_at
from {{ database }}.MCP.DEAD_LETTERS
where _recv_at >= dateadd('day', -1, convert_timezone('UTC', current_timestamp())::timestamp_ntz)
group by _source_lane, regexp_replace(reason, '"[^"]*"', '…')
order by dead_letter_count desc, _source_lane, reason
