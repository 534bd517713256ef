-- Lands the event of a permission, whose :attributes are set, and answers what was done. Takes the action as a literal.
{{ include land_event of argument }}
  return object_construct(
    'status', split_part({{ argument }}, '.', 3),
    'subject', object_name,
    'subject_type', object_kind,
    'pattern', action_pattern,
    'event_id', event_id
  );
