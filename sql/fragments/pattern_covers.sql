-- Whether a permission pattern covers `asked.action`: the action itself, a prefix such as order.*, or * for all but the reserved
-- namespaces, which must be named. Takes a VARCHAR expression.
(
  asked.action = {{ argument }}
  or ({{ argument }} = '*' and split_part(asked.action, '.', 1) not in ('system', 'mcp', 'quality'))
  or (right({{ argument }}, 2) = '.*' and startswith(asked.action, left({{ argument }}, length({{ argument }}) - 1)))
)
