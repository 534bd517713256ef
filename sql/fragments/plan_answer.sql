-- The answer of a plan from `page` (place, row_count, doc): its rows, at most 8 MB of them. Takes the object of skipped values.
bounded as (
  select
    *,
    sum(octet_length(to_json(doc))) over (order by place rows between unbounded preceding and current row) as total_bytes
  from page
)
select object_construct(
  'rows', coalesce(array_agg(iff(place = 1 or total_bytes <= 8000000, doc, null)) within group (order by place), array_construct()),
  'row_count', coalesce(max(row_count), 0),
  'cut_bytes', coalesce(max(total_bytes) > 8000000, false),
  'skipped', {{ argument }}
) as answer
from bounded
