import { unsupportedFeature } from "../errors";
import { constantNumber } from "../translate/bound";
import { varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

/** The engine's hash of a text's bytes, in lower-case hex. */
const hashed = (call: Call, fn: string): string =>
  call.arg(0).type.kind === "BINARY" ? `${fn}(${call.arg(0).sql})` : `${fn}(${call.text(0)})`;

/** SHA2 with a digest of 256 bits; the others are not in the engine. */
function sha2(call: Call) {
  const bits = call.has(1) ? constantNumber(call.arg(1)) : 256;
  if (bits !== 256)
    throw unsupportedFeature(`SHA2 with a digest of ${bits ?? "computed"} bits (not supported locally)`);
  return call.result(hashed(call, "sha256"), varchar(128));
}

export const hashFunctions: FunctionTable = {
  SHA2: scalar(1, 2, sha2),
  SHA2_HEX: scalar(1, 2, sha2),
  SHA1: scalar(1, 1, (call) => call.result(hashed(call, "sha1"), varchar(40))),
  SHA1_HEX: scalar(1, 1, (call) => call.result(hashed(call, "sha1"), varchar(40))),
  MD5: scalar(1, 1, (call) => call.result(hashed(call, "md5"), varchar(32))),
  MD5_HEX: scalar(1, 1, (call) => call.result(hashed(call, "md5"), varchar(32))),
};
