-- What an event was done to, as one text; NULL when it has no object id. Takes the name of a table or alias.
iff({{ argument }}.object_id is null, null, coalesce({{ argument }}.object_type, '') || '|' || {{ argument }}.object_id)
