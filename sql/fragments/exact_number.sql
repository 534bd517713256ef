-- A VARIANT as a number with nine decimals, NULL when it is not a number (text that looks like one is not). Takes a VARIANT.
iff(typeof({{ argument }}) in ('INTEGER', 'DECIMAL', 'DOUBLE'), try_to_number({{ argument }}::varchar, 38, 9), null)
