-- Refuses a landing table whose columns are others than the warehouse declares: to take it over would drop one of them.
EXECUTE IMMEDIATE $$
DECLARE
  columns VARCHAR;
  other_columns EXCEPTION (-20041, '{{ database }}.LANDING.RAW_EVENTS cannot be adopted: expected exactly the columns PAYLOAD VARIANT, _SOURCE_LANE VARCHAR and _RECV_AT TIMESTAMP_TZ. DESCRIBE TABLE shows what it has; rename or move the others.');
BEGIN
  SELECT LISTAGG(column_name || ' ' || data_type, ', ') WITHIN GROUP (ORDER BY column_name)
  INTO :columns
  FROM {{ database }}.INFORMATION_SCHEMA.COLUMNS
  WHERE table_schema = 'LANDING' AND table_name = 'RAW_EVENTS';
  IF (columns <> 'PAYLOAD VARIANT, _RECV_AT TIMESTAMP_TZ, _SOURCE_LANE TEXT') THEN
    RAISE other_columns;
  END IF;
END;
$$;
