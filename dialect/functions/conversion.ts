import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-conversion */
export const conversionFunctions = define(
  "conversion",
  {},
  `TO_CHAR TO_VARCHAR(any, text?) text
  TO_BINARY TRY_TO_BINARY(any, text?) binary
  TO_BOOLEAN TRY_TO_BOOLEAN(any) boolean
  TO_DATE DATE TRY_TO_DATE(any, text?) date
  TO_TIME TIME TRY_TO_TIME(any, text?) time
  TO_TIMESTAMP TRY_TO_TIMESTAMP(any, any?) timestamp
  TO_TIMESTAMP_NTZ TRY_TO_TIMESTAMP_NTZ(any, any?) timestamp_ntz
  TO_TIMESTAMP_LTZ TRY_TO_TIMESTAMP_LTZ(any, any?) timestamp_ltz
  TO_TIMESTAMP_TZ TRY_TO_TIMESTAMP_TZ(any, any?) timestamp_tz
  TO_DECIMAL TO_NUMBER TO_NUMERIC TRY_TO_DECIMAL TRY_TO_NUMBER TRY_TO_NUMERIC(any, any?, integer?, integer?) number
  TO_DOUBLE TRY_TO_DOUBLE(any, text?) float
  TO_DECFLOAT TRY_TO_DECFLOAT(any, text?) decfloat
  TO_VARIANT(any) variant
  TO_ARRAY(any) array
  TO_OBJECT(any) object
  TO_JSON TO_XML(any) text
  TO_GEOGRAPHY TRY_TO_GEOGRAPHY(any, boolean?) geography
  TO_GEOMETRY TRY_TO_GEOMETRY(any, integer?, boolean?) geometry
  TO_UUID TRY_TO_UUID(any) text
  TRY_PARSE_JSON(text, text?) variant`,
);
