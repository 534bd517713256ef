-- A user or group name as Snowflake keeps it: folded to upper case unless it stands in double quotes. Takes a VARCHAR expression.
iff(
  regexp_like({{ argument }}, '".*"'),
  replace(substr({{ argument }}, 2, length({{ argument }}) - 2), '""', '"'),
  upper({{ argument }})
)
