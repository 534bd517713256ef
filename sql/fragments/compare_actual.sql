-- How the VARIANT `actual` compares with another: negative, 0 or positive; NULL when the two are of different kinds, because a
-- number is never compared with a text. Takes a VARIANT expression.
case
  when typeof(actual) in ('INTEGER', 'DECIMAL', 'DOUBLE') and typeof({{ argument }}) in ('INTEGER', 'DECIMAL', 'DOUBLE') then coalesce(
    sign(try_to_number(actual::varchar, 38, 9) - try_to_number({{ argument }}::varchar, 38, 9)),
    sign(as_double(actual) - as_double({{ argument }}))
  )
  when typeof(actual) = 'VARCHAR' and typeof({{ argument }}) = 'VARCHAR' then case
    when actual::varchar = {{ argument }}::varchar then 0
    when actual::varchar < {{ argument }}::varchar then -1
    else 1
  end
  when typeof(actual) = 'BOOLEAN' and typeof({{ argument }}) = 'BOOLEAN' then iff(actual::boolean = {{ argument }}::boolean, 0, iff(actual::boolean, 1, -1))
end
