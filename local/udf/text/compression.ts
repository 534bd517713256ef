import { constants, deflateSync, inflateSync } from "node:zlib";
import { BLOB, DuckDBBlobValue, INTEGER, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { MAX_LOB_SIZE } from "../../types/dataType";
import type { EngineFunction } from "../scalarFunction";
import { compressSnappy, decompressSnappy } from "./snappy";

const notCompressed = (method: string) =>
  new SnowflakeError("100115", "22000", `The input is not compressed by ${method}`);

function decompress(bytes: Buffer, method: string): Buffer {
  if (method === "SNAPPY") {
    const output = decompressSnappy(bytes);
    if (output === undefined) throw notCompressed(method);
    return output;
  }
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_LOB_SIZE });
  } catch {
    throw notCompressed(method);
  }
}

/** COMPRESS and what undoes it; level 0 is the method's own. */
export const compressionFunctions: EngineFunction[] = [
  {
    name: "sf_compress",
    parameters: [BLOB, VARCHAR, INTEGER],
    returns: BLOB,
    compute: (value: DuckDBBlobValue, method: string, level: number) => {
      const bytes = Buffer.from(value.bytes);
      const output =
        method === "SNAPPY"
          ? compressSnappy(bytes)
          : deflateSync(bytes, { level: level === 0 ? constants.Z_DEFAULT_COMPRESSION : level });
      return new DuckDBBlobValue(output);
    },
  },
  {
    name: "sf_decompress",
    parameters: [BLOB, VARCHAR],
    returns: BLOB,
    compute: (value: DuckDBBlobValue, method: string) =>
      new DuckDBBlobValue(decompress(Buffer.from(value.bytes), method)),
  },
];
