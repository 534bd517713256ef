-- The value an ARRAY of keys leads to inside the OBJECT column `doc`, NULL when a key on the way is missing. Keys are data: they
-- are looked up, never evaluated. Takes an ARRAY expression of one to six keys.
case array_size({{ argument }})
  when 1 then get(doc, {{ argument }}[0]::varchar)
  when 2 then get(get(doc, {{ argument }}[0]::varchar), {{ argument }}[1]::varchar)
  when 3 then get(get(get(doc, {{ argument }}[0]::varchar), {{ argument }}[1]::varchar), {{ argument }}[2]::varchar)
  when 4 then get(get(get(get(doc, {{ argument }}[0]::varchar), {{ argument }}[1]::varchar), {{ argument }}[2]::varchar), {{ argument }}[3]::varchar)
  when 5 then get(get(get(get(get(doc, {{ argument }}[0]::varchar), {{ argument }}[1]::varchar), {{ argument }}[2]::varchar), {{ argument }}[3]::varchar), {{ argument }}[4]::varchar)
  when 6 then get(get(get(get(get(get(doc, {{ argument }}[0]::varchar), {{ argument }}[1]::varchar), {{ argument }}[2]::varchar), {{ argument }}[3]::varchar), {{ argument }}[4]::varchar), {{ argument }}[5]::varchar)
end
