import { argumentNotConstant, unsupportedFeature } from "../errors";
import { constantText } from "../translate/bound";
import { binaryFromText } from "../translate/conversion/cast";
import { planText } from "../translate/planText";
import { once, raise } from "../translate/sql";
import { binary, MAX_BINARY_LENGTH, varchar } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

/** The argument as bytes: a text in UTF-8. */
export const bytes = (call: Call, i: number): string =>
  call.arg(i).type.kind === "BINARY" ? call.arg(i).sql : `encode(${call.text(i)})`;

/** An optional argument that has to be the same for every row. */
function sameForAll(call: Call, i: number): void {
  const node = call.node_(i);
  if (node?.kind === "ColumnReference") throw argumentNotConstant(call.name, i + 1, planText(call.binder, node));
}

/** Two digits are one byte in hexadecimal, four characters three bytes in Base64. */
function decodedWidth(call: Call, fn: string): number {
  const { type } = call.arg(0);
  const width = type.kind === "VARCHAR" ? Math.floor(type.length * (fn === "sf_hex_bytes" ? 1 / 2 : 3 / 4)) : 0;
  return width > 0 ? Math.min(width, MAX_BINARY_LENGTH) : MAX_BINARY_LENGTH;
}

const decoded = (fn: string, attempt: boolean, arity: 1 | 2): FunctionEntry =>
  scalar(1, arity, (call) => {
    sameForAll(call, 1);
    return call.result(
      `${fn}(${call.text(0)}, ${call.has(1) ? call.text(1) : "''"}, ${attempt})`,
      fn.endsWith("_bytes") ? binary(decodedWidth(call, fn)) : varchar(),
      attempt || call.nullable,
    );
  });

const LONGEST_LINE = 2_147_483_647;

/** BASE64_ENCODE: a whole number that is written out is checked before anything is encoded. Source: …/functions/base64_encode */
function toBase64(call: Call) {
  sameForAll(call, 1);
  sameForAll(call, 2);
  const given = call.has(1) ? call.arg(1) : undefined;
  const length = given?.literal?.kind === "number" ? Number(given.literal.text) : 0;
  if (Number.isInteger(length) && (length < 0 || length > LONGEST_LINE))
    throw call.error(
      "001015",
      "22023",
      "invalid argument for function [BASE64_ENCODE] unexpected argument [maximum line length] at position 2,",
    );
  return call.result(
    `sf_base64(${bytes(call, 0)}, (${given ? call.int(1) : "0"})::INTEGER, ${call.has(2) ? call.text(2) : "''"})`,
    varchar(),
  );
}

/** HEX_ENCODE: 1 for capitals, 0 for small letters. Source: …/functions/hex_encode */
function toHex(call: Call) {
  const capitals = `hex(${bytes(call, 0)})`;
  if (!call.has(1)) return call.result(capitals, varchar());
  const sql = once(call.int(1), (c) => {
    const other = raise("100039", "22003", "Numeric value is out of range, error: ", `(${c})::VARCHAR`, "", "VARCHAR");
    return `CASE ${c} WHEN 0 THEN lower(${capitals}) WHEN 1 THEN ${capitals} ELSE CASE WHEN ${c} IS NOT NULL THEN ${other} END END`;
  });
  return call.result(sql, varchar());
}

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
  HEX_ENCODE: scalar(1, 2, toHex),
  BASE64_ENCODE: scalar(1, 3, toBase64),
  HEX_DECODE_BINARY: decoded("sf_hex_bytes", false, 1),
  TRY_HEX_DECODE_BINARY: decoded("sf_hex_bytes", true, 1),
  HEX_DECODE_STRING: decoded("sf_hex_text", false, 1),
  TRY_HEX_DECODE_STRING: decoded("sf_hex_text", true, 1),
  BASE64_DECODE_BINARY: decoded("sf_base64_bytes", false, 2),
  TRY_BASE64_DECODE_BINARY: decoded("sf_base64_bytes", true, 2),
  BASE64_DECODE_STRING: decoded("sf_base64_text", false, 2),
  TRY_BASE64_DECODE_STRING: decoded("sf_base64_text", true, 2),
};
