-- The instant an ISO 8601 text names, as TIMESTAMP_NTZ in UTC; NULL when the text is not a date, a time and an offset.
-- A time without offset is NULL too: it must never be read in somebody's session zone. Arithmetic on TIMESTAMP_NTZ with a
-- named format keeps TIMEZONE and TIMESTAMP_INPUT_FORMAT of the caller out. In the first and last year of the calendar only
-- UTC is taken, because a shift would leave its range. Takes a VARCHAR expression.
case
  when not regexp_like(
    {{ argument }},
    '[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?(Z|z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)'
  ) then null
  when left({{ argument }}, 4) = '0000' then null
  when left({{ argument }}, 4) in ('0001', '9999')
    and right({{ argument }}, {{ include zone_length of argument }}) not in ('Z', 'z', '+00', '-00', '+0000', '-0000', '+00:00', '-00:00') then null
  else dateadd(
    'minute',
    iff(left(right({{ argument }}, {{ include zone_length of argument }}), 1) = '-', 1, -1) * (
      coalesce(try_to_number(substr(right({{ argument }}, {{ include zone_length of argument }}), 2, 2)), 0) * 60
      + coalesce(try_to_number(iff({{ include zone_length of argument }} > 3, right({{ argument }}, 2), '0')), 0)
    ),
    try_to_timestamp_ntz(
      left({{ argument }}, 10) || ' ' || substr({{ argument }}, 12, 5) || ':'
        || iff(substr({{ argument }}, 17, 1) = ':', substr({{ argument }}, 18, 2), '00') || '.'
        || rpad(
          iff(
            substr({{ argument }}, 20, 1) in ('.', ','),
            left(substr({{ argument }}, 21), length({{ argument }}) - 20 - {{ include zone_length of argument }}),
            ''
          ),
          9,
          '0'
        ),
      'YYYY-MM-DD HH24:MI:SS.FF9'
    )
  )
end
