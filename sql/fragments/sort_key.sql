-- The n-th key of an ORDER BY whose columns and directions are data: numbers before texts, missing values last. Takes 1, 2 or 3.
iff(descending_{{ argument }}, null, number_{{ argument }}) asc nulls last,
          iff(descending_{{ argument }}, number_{{ argument }}, null) desc nulls last,
          iff(descending_{{ argument }}, null, text_{{ argument }}) asc nulls last,
          iff(descending_{{ argument }}, text_{{ argument }}, null) desc nulls last
