import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-string (checksums), functions-hash-scalar, functions-encryption */
export const hashFunctions = [
  ...define(
    "hash",
    {},
    `MD5 MD5_HEX SHA1 SHA1_HEX(text) text
    MD5_BINARY SHA1_BINARY(text) binary
    MD5_NUMBER_LOWER64 MD5_NUMBER_UPPER64 MD5_NUMBER(text) number
    SHA2 SHA2_HEX(text, integer?) text
    SHA2_BINARY(text, integer?) binary
    HASH(any, ...any) number`,
  ),
  ...define(
    "encryption",
    {},
    `DECRYPT TRY_DECRYPT(binary, text, any?, text?) binary
    DECRYPT_RAW TRY_DECRYPT_RAW(binary, binary, binary, binary?, text?, binary?) binary`,
  ),
  ...define(
    "encryption",
    { determinism: "random" },
    `ENCRYPT(any, text, any?, text?) binary
    ENCRYPT_RAW(binary, binary, binary, binary?, text?) variant`,
  ),
];
