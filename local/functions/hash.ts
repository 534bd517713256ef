import { unsupportedFeature } from "../errors";
import { constantNumber } from "../translate/bound";
import { binary, number, varchar } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

/** A text's bytes are those of its UTF-8. */
const bytes = (call: Call): string =>
  call.arg(0).type.kind === "BINARY" ? call.arg(0).sql : `encode(${call.text(0)})`;

/** The engine's hash in lower-case hex. */
const hashed = (call: Call, fn: string): string =>
  call.arg(0).type.kind === "BINARY" ? `${fn}(${call.arg(0).sql})` : `${fn}(${call.text(0)})`;

/** SHA2 with a digest of 224, 256, 384 or 512 bits. Source: …/functions/sha2 */
function sha2(call: Call): string {
  const bits = call.has(1) ? constantNumber(call.arg(1)) : 256;
  if (bits === undefined) throw unsupportedFeature(`${call.name} with a digest size that is no constant`);
  if (![0, 224, 256, 384, 512].includes(bits))
    throw call.error("001015", "22023", `Invalid digest size ${bits} for ${call.name}; expected 224, 256, 384 or 512`);
  return bits === 256 || bits === 0 ? hashed(call, "sha256") : `sf_digest(${bytes(call)}, 'sha${bits}')`;
}

const hex = (fn: string, length: number): FunctionEntry =>
  scalar(1, 1, (call) => call.result(hashed(call, fn), varchar(length)));

const raw = (fn: string, length: number): FunctionEntry =>
  scalar(1, 1, (call) => call.result(`unhex(${hashed(call, fn)})`, binary(length)));

/** Half of the 128 bits, as an unsigned number. */
const half = (from: number): FunctionEntry =>
  scalar(1, 1, (call) =>
    call.result(`sf_unsigned(substring(${hashed(call, "md5")}, ${from}, 16))::DECIMAL(38,0)`, number(38, 0)),
  );

export const hashFunctions: FunctionTable = {
  SHA2: scalar(1, 2, (call) => call.result(sha2(call), varchar(128))),
  SHA2_HEX: scalar(1, 2, (call) => call.result(sha2(call), varchar(128))),
  SHA2_BINARY: scalar(1, 2, (call) => call.result(`unhex(${sha2(call)})`, binary(64))),
  SHA1: hex("sha1", 40),
  SHA1_HEX: hex("sha1", 40),
  SHA1_BINARY: raw("sha1", 20),
  MD5: hex("md5", 32),
  MD5_HEX: hex("md5", 32),
  MD5_BINARY: raw("md5", 16),
  MD5_NUMBER_UPPER64: half(1),
  MD5_NUMBER_LOWER64: half(17),
};
