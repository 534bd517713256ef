-- The instant an ISO 8601 text names, as TIMESTAMP_NTZ in UTC; NULL when the text is not a date, a time and an offset.
-- A time without offset is NULL too: it must never be read in somebody's session zone. Arithmetic on TIMESTAMP_NTZ with a
-- named format keeps TIMEZONE and TIMESTAMP_INPUT_FORMAT of the caller out. In the first and last year of the calendar only
-- UTC is taken, because a shift would leave its range. How this project's client and most programs write it comes first: it is read
-- as a whole. Takes a VARCHAR expression.
case
  when regexp_like(
    {{ argument }}, '[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9][.][0-9]{3}Z'
  ) then try_to_timestamp_ntz(left({{ argument }}, 23), 'YYYY-MM-DD"T"HH24:MI:SS.FF3')
  when not regexp_like(
    {{ argument }},
    '[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]{1,9})?)?(Z|z|[+-]([01][0-9]|2[0-3])(:?[0-5][0-9])?)'
  ) then null
  when left({{ argument }}, 4) = '0000' then null
  when left({{ argument }}, 4) in ('0001', '9999') and not regexp_like({{ argument }}, '.*(Z|z|[+-]00:?(00)?)') then null
  else dateadd(
    'minute',
    iff(
      right({{ argument }}, 1) in ('Z', 'z'),
      0,
      iff(regexp_like({{ argument }}, '.*-[0-9]{2}:?([0-9]{2})?'), 1, -1) * (
        try_to_number(regexp_substr({{ argument }}, '[+-]([0-9]{2}):?[0-9]{0,2}$', 1, 1, 'e')) * 60
        + coalesce(try_to_number(regexp_substr({{ argument }}, '[+-][0-9]{2}:?([0-9]{2})$', 1, 1, 'e')), 0)
      )
    ),
    try_to_timestamp_ntz(
      left({{ argument }}, 10) || ' ' || substr({{ argument }}, 12, 5) || ':'
        || iff(substr({{ argument }}, 17, 1) = ':', substr({{ argument }}, 18, 2), '00') || '.'
        || rpad(
          iff(substr({{ argument }}, 20, 1) in ('.', ','), regexp_substr(substr({{ argument }}, 21, 9), '^[0-9]+'), ''), 9, '0'
        ),
      'YYYY-MM-DD HH24:MI:SS.FF9'
    )
  )
end
