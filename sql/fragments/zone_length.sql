-- How many characters at the end of an ISO 8601 text are its offset: Z, +HH, +HHMM or +HH:MM. Takes a VARCHAR expression.
case
  when right({{ argument }}, 1) in ('Z', 'z') then 1
  when substr({{ argument }}, -6, 1) in ('+', '-') then 6
  when substr({{ argument }}, -5, 1) in ('+', '-') then 5
  else 3
end
