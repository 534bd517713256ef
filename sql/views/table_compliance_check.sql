-- One row per object of the database that holds rows of its own, allowed or not; the law is kept while no row is a violation.
with found as (
  select
    table_schema as schema_name,
    table_name as object_name,
    case
      when is_dynamic = 'YES' then 'DYNAMIC TABLE'
      when is_iceberg = 'YES' then 'ICEBERG TABLE'
      when is_hybrid = 'YES' then 'HYBRID TABLE'
      when is_transient = 'YES' then 'TRANSIENT TABLE'
      else table_type
    end as object_kind,
    row_count,
    bytes,
    created
  from {{ database }}.INFORMATION_SCHEMA.TABLES
  where table_schema <> 'INFORMATION_SCHEMA'
    and table_type <> 'VIEW'
),
expected as (
  select column1 as schema_name, column2 as object_name, column3 as object_kind
  from values ('LANDING', 'RAW_EVENTS', 'BASE TABLE'), ('ACTIVITY', 'EVENTS', 'DYNAMIC TABLE')
)
select
  coalesce(found.schema_name, expected.schema_name) as schema_name,
  coalesce(found.object_name, expected.object_name) as object_name,
  coalesce(found.object_kind, expected.object_kind) as object_kind,
  found.object_name is not null and expected.object_name is not null and found.object_kind = expected.object_kind as is_allowed,
  case
    when found.object_name is null then 'VIOLATION: missing'
    when expected.object_name is null then 'VIOLATION: a third table; make it a view or write events'
    when found.object_kind <> expected.object_kind then 'VIOLATION: is a ' || found.object_kind || ', must be a ' || expected.object_kind
    else 'ALLOWED'
  end as verdict,
  found.row_count,
  found.bytes,
  found.created
from found
full outer join expected
  on found.schema_name = expected.schema_name
  and found.object_name = expected.object_name
