import { unsupportedFeature } from "../errors";
import { constantText } from "../translate/bound";
import { binaryFromText } from "../translate/conversion/cast";
import { once } from "../translate/sql";
import { binary, varchar } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

/** The argument as bytes: a text in UTF-8. */
const bytes = (call: Call, i: number): string =>
  call.arg(i).type.kind === "BINARY" ? call.arg(i).sql : `encode(${call.text(i)})`;

const decoded = (fn: string, attempt: boolean, arity: 1 | 2): FunctionEntry =>
  scalar(1, arity, (call) =>
    call.result(
      `${fn}(${call.text(0)}, ${call.has(1) ? call.text(1) : "''"}, ${attempt})`,
      fn.endsWith("_bytes") ? binary() : varchar(),
      attempt || call.nullable,
    ),
  );

/** TO_BINARY: the notation is BINARY_INPUT_FORMAT's unless one is given. Source: …/functions/to_binary */
const toBinary = (attempt: boolean): FunctionEntry =>
  scalar(1, 2, (call) => {
    const { type } = call.arg(0);
    if (type.kind === "BINARY" && !call.has(1)) return call.arg(0);
    if (type.kind === "VARIANT" && !call.has(1)) return call.to(0, binary());
    if (type.kind !== "VARCHAR" && type.kind !== "NULL") call.fail();
    const format = call.has(1) ? constantText(call.arg(1)) : call.settings.binaryInput;
    if (format === undefined) throw unsupportedFeature(`${call.name} with a format that is no constant`);
    return call.result(binaryFromText(call.text(0), format, attempt), binary(), attempt || call.nullable);
  });

/** Source: https://docs.snowflake.com/en/sql-reference/functions-string (Encode & decode) */
export const encodingFunctions: FunctionTable = {
  TO_BINARY: toBinary(false),
  TRY_TO_BINARY: toBinary(true),
  HEX_ENCODE: scalar(1, 2, (call) =>
    call.result(
      call.has(1)
        ? once(
            call.int(1),
            (c) => `CASE WHEN ${c} = 0 THEN lower(hex(${bytes(call, 0)})) ELSE hex(${bytes(call, 0)}) END`,
          )
        : `hex(${bytes(call, 0)})`,
      varchar(),
    ),
  ),
  BASE64_ENCODE: scalar(1, 3, (call) =>
    call.result(
      `sf_base64(${bytes(call, 0)}, (${call.has(1) ? call.int(1) : "0"})::INTEGER, ${call.has(2) ? call.text(2) : "''"})`,
      varchar(),
    ),
  ),
  HEX_DECODE_BINARY: decoded("sf_hex_bytes", false, 1),
  TRY_HEX_DECODE_BINARY: decoded("sf_hex_bytes", true, 1),
  HEX_DECODE_STRING: decoded("sf_hex_text", false, 1),
  TRY_HEX_DECODE_STRING: decoded("sf_hex_text", true, 1),
  BASE64_DECODE_BINARY: decoded("sf_base64_bytes", false, 2),
  TRY_BASE64_DECODE_BINARY: decoded("sf_base64_bytes", true, 2),
  BASE64_DECODE_STRING: decoded("sf_base64_text", false, 2),
  TRY_BASE64_DECODE_STRING: decoded("sf_base64_text", true, 2),
};
