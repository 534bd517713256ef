import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-string */
export const stringFunctions = [
  ...define(
    "string",
    {},
    `ASCII(text) integer
    BIT_LENGTH(text) integer
    CHR CHAR(integer) text
    CONCAT(any, ...any) same
    CONCAT_WS(any, any, ...any) same
    FORMAT_STRING_TEMPLATE(text, any, ...any) text
    INSERT(text, integer, integer, text) same
    LENGTH LEN(text) integer
    OCTET_LENGTH(text) integer
    LPAD RPAD(text, integer, text?) same
    LTRIM RTRIM TRIM(text, text?) text
    PARSE_IP(text, text, integer?) object
    PARSE_URL(text, integer?) object
    REPEAT(text, integer) text
    REVERSE(text) same
    RTRIMMED_LENGTH(text) integer
    SOUNDEX SOUNDEX_P123(text) text
    SPACE(integer) text
    SPLIT(text, text) array
    SPLIT_PART(text, text, integer) text
    STRTOK(text, text?, integer?) text
    STRTOK_TO_ARRAY(text, text?) array
    TRANSLATE(text, text, text) text
    UNICODE(text) integer
    INITCAP(text, text?) text
    LOWER UPPER(text) text
    CHARINDEX POSITION(text, text, integer?) integer
    CONTAINS ENDSWITH STARTSWITH(text, text) boolean
    EDITDISTANCE(text, text, integer?) integer
    JAROWINKLER_SIMILARITY(text, text) integer
    LEFT RIGHT(text, integer) same
    LIKE ILIKE(text, text, text?) boolean
    REPLACE(text, text, text?) text
    SUBSTR SUBSTRING(text, integer, integer?) same
    COMPRESS(text, text) binary
    DECOMPRESS_BINARY(binary, text) binary
    DECOMPRESS_STRING(binary, text) text
    BASE64_ENCODE(text, integer?, text?) text
    BASE64_DECODE_BINARY TRY_BASE64_DECODE_BINARY(text, text?) binary
    BASE64_DECODE_STRING TRY_BASE64_DECODE_STRING(text, text?) text
    HEX_ENCODE(text, integer?) text
    HEX_DECODE_BINARY TRY_HEX_DECODE_BINARY(text) binary
    HEX_DECODE_STRING TRY_HEX_DECODE_STRING(text) text
    COLLATE(text, text) text
    COLLATION(text) text
    SEARCH(any, text, text?, text?) boolean
    SEARCH_IP(any, text, text?) boolean`,
  ),
  // The path of CONNECT BY.
  ...define("string", {}, "SYS_CONNECT_BY_PATH(text, text) text"),
  ...define("string", { determinism: "random" }, "UUID_STRING(text?, text?) text"),
];
