-- One row per field of the canonical event id: its place, where it comes from, how it is written.
select
  column1 as position,
  column2 as field,
  column3 as source,
  column4 as written_as
from values
  (1, 'version', 'constant', 'v2'),
  (2, 'action', 'payload:action', 'as it is'),
  (3, 'actor_id', 'payload:actor_id', 'as text; empty when missing'),
  (4, 'object_type', 'payload:object:type', 'as text; empty when missing'),
  (5, 'object_id', 'payload:object:id', 'as text; empty when missing'),
  (6, 'occurred_at', 'payload:occurred_at, else _recv_at', 'UTC, YYYY-MM-DD"T"HH24:MI:SS.FF3, truncated'),
  (7, '_source_lane', 'the lane it was inserted through', 'as it is'),
  (8, '_recv_at', 'when it was first accepted', 'UTC, YYYY-MM-DD"T"HH24:MI:SS.FF3, truncated'),
  (9, 'event_id', 'fields 1 to 8 joined by |', 'SHA-256 of the UTF-8 bytes, lower-case hex')
