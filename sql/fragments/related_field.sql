-- As event_field, for events that carry what they are related to in `relate`. Takes n.
iff(
  field_{{ argument }} = 'relate',
  reduce(path_{{ argument }}, relate, (found, key) -> get(found, key::varchar)),
  {{ include event_field of argument }}
)
