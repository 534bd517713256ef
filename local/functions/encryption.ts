import { binary, MAX_BINARY_LENGTH, VARIANT } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";
import { bytes } from "./encoding";

const BYTES = binary(MAX_BINARY_LENGTH);

/** An argument that has to be BINARY: a text is read as one. */
function binaryOf(call: Call, i: number): string {
  if (!["BINARY", "VARCHAR", "VARIANT", "NULL"].includes(call.arg(i).type.kind)) call.fail();
  return call.to(i, BYTES).sql;
}

/** Optional arguments that are left out are NULL. */
const bytesOr = (call: Call, i: number): string => (call.has(i) ? bytes(call, i) : "NULL::BLOB");
const binaryOr = (call: Call, i: number | undefined): string =>
  i !== undefined && call.has(i) ? binaryOf(call, i) : "NULL::BLOB";
const textOr = (call: Call, i: number | undefined): string =>
  i !== undefined && call.has(i) ? call.text(i) : "NULL::VARCHAR";

/** DECRYPT and TRY_DECRYPT. Source: …/functions/decrypt */
const decrypt = (attempt: boolean): FunctionEntry =>
  scalar(2, 4, (call) => {
    const given = `${binaryOf(call, 0)}, ${call.text(1)}, ${bytesOr(call, 2)}, ${textOr(call, 3)}`;
    return call.result(`sf_decrypt(${given}, ${attempt})`, BYTES, true);
  });

/**
 * DECRYPT_RAW and TRY_DECRYPT_RAW: the tag is the last argument, and the method the text before it; the page leaves out the
 * additional data first, then the method. Source: …/functions/decrypt_raw
 */
const decryptRaw = (attempt: boolean): FunctionEntry =>
  scalar(3, 6, (call) => {
    const last = call.count - 1;
    const isMethod = call.count === 5 && call.arg(4).type.kind === "VARCHAR";
    const tag = call.count === 6 || (call.count > 3 && !isMethod) ? last : undefined;
    const method = call.count === 6 || isMethod ? 4 : call.count === 5 ? 3 : undefined;
    const aad = method === 4 ? 3 : undefined;
    const given = [0, 1, 2].map((i) => binaryOf(call, i));
    const rest = [binaryOr(call, aad), textOr(call, method), binaryOr(call, tag)];
    return call.result(`sf_decrypt_raw(${[...given, ...rest].join(", ")}, ${attempt})`, BYTES, true);
  });

/** Source: https://docs.snowflake.com/en/sql-reference/functions-encryption */
export const encryptionFunctions: FunctionTable = {
  ENCRYPT: scalar(
    2,
    4,
    (call) => {
      const given = `${bytes(call, 0)}, ${call.text(1)}, ${bytesOr(call, 2)}, ${textOr(call, 3)}`;
      return call.result(`sf_encrypt(${given})`, BYTES, true);
    },
    { volatile: true },
  ),
  DECRYPT: decrypt(false),
  TRY_DECRYPT: decrypt(true),
  ENCRYPT_RAW: scalar(
    3,
    5,
    (call) => {
      const given = [0, 1, 2].map((i) => binaryOf(call, i));
      const rest = [binaryOr(call, 3), textOr(call, 4)];
      return call.result(`sf_encrypt_raw(${[...given, ...rest].join(", ")})`, VARIANT, true);
    },
    { volatile: true },
  ),
  DECRYPT_RAW: decryptRaw(false),
  TRY_DECRYPT_RAW: decryptRaw(true),
};
