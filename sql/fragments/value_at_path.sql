-- The value an ARRAY of keys leads to inside the OBJECT column `doc`, NULL when a key on the way is missing. Keys are data: they
-- are looked up, never evaluated. Takes a VARIANT expression that holds an array.
reduce(as_array({{ argument }}), to_variant(doc), (found, key) -> get(found, key::varchar))
