import { unsupportedFeature } from "../errors";
import { constantText } from "../translate/bound";
import { quote } from "../translate/sql";
import { binary, varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";
import { bytes } from "./encoding";

const DEFLATE_LEVELS = 9;

/** The last argument: a method, with a level in parentheses or without. */
function methodOf(call: Call): { method: string; level: number } {
  const written = constantText(call.arg(1));
  if (written === undefined) throw unsupportedFeature(`${call.name} with a method that is no constant`);
  const [, name = "", level = "0"] = /^\s*(\w+)\s*(?:\(\s*(\d+)\s*\))?\s*$/.exec(written) ?? [];
  const method = name.toUpperCase();
  if (method === "ZSTD" || method === "BZ2") throw unsupportedFeature(`compression ${method}`);
  if ((method !== "SNAPPY" && method !== "ZLIB") || (method === "ZLIB" && Number(level) > DEFLATE_LEVELS))
    throw call.error("001015", "22023", `Invalid compression method '${written}' for function '${call.name}'`);
  return { method, level: Number(level) };
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions/decompress_binary */
function decompressed(call: Call): string {
  if (call.arg(0).type.kind !== "BINARY" && call.arg(0).type.kind !== "NULL") call.fail();
  return `sf_decompress(${call.to(0, binary()).sql}, ${quote(methodOf(call).method)})`;
}

export const compressionFunctions: FunctionTable = {
  COMPRESS: scalar(2, 2, (call) => {
    const { method, level } = methodOf(call);
    return call.result(`sf_compress(${bytes(call, 0)}, ${quote(method)}, ${level})`, binary());
  }),
  DECOMPRESS_BINARY: scalar(2, 2, (call) => call.result(decompressed(call), binary())),
  DECOMPRESS_STRING: scalar(2, 2, (call) => call.result(`sf_utf8(${decompressed(call)}, FALSE)`, varchar())),
};
