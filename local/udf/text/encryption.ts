import { BLOB, BOOLEAN, DuckDBBlobValue, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import { MARK } from "../json/node";
import { type EngineFunction, JSON_TYPE } from "../scalarFunction";
import { keyOf, methodOf, open, parted, seal } from "./cipher";

type Given = DuckDBBlobValue | null;

const plain = (value: DuckDBBlobValue): Buffer => Buffer.from(value.bytes);
const optional = (value: Given): Buffer | null => value && plain(value);

/** null instead of an error where only an attempt was asked for. */
function attempted(attempt: boolean, compute: () => Buffer): DuckDBBlobValue | null {
  try {
    return new DuckDBBlobValue(compute());
  } catch (error) {
    if (attempt && error instanceof SnowflakeError) return null;
    throw error;
  }
}

const field = (name: string, bytes: Buffer): string => `"${name}":"${MARK}b${bytes.toString("hex").toUpperCase()}"`;

export const encryptionFunctions: EngineFunction[] = [
  {
    name: "sf_encrypt",
    parameters: [BLOB, VARCHAR, BLOB, VARCHAR],
    returns: BLOB,
    calledOnNull: true,
    volatile: true,
    compute: (value: Given, passphrase: string | null, aad: Given, method: string | null) => {
      if (value === null || passphrase === null) return null;
      const { iv, ciphertext, tag } = seal(methodOf(method), plain(value), keyOf(passphrase), null, optional(aad));
      return new DuckDBBlobValue(Buffer.concat([iv, ciphertext, tag]));
    },
  },
  {
    name: "sf_decrypt",
    parameters: [BLOB, VARCHAR, BLOB, VARCHAR, BOOLEAN],
    returns: BLOB,
    calledOnNull: true,
    compute: (value: Given, passphrase: string | null, aad: Given, method: string | null, attempt: boolean) => {
      if (value === null || passphrase === null) return null;
      return attempted(attempt, () => {
        const by = methodOf(method);
        return open(by, parted(by, plain(value)), keyOf(passphrase), optional(aad));
      });
    },
  },
  {
    /** An OBJECT with the parts; `tag` of GCM alone. */
    name: "sf_encrypt_raw",
    parameters: [BLOB, BLOB, BLOB, BLOB, VARCHAR],
    returns: JSON_TYPE,
    calledOnNull: true,
    volatile: true,
    compute: (value: Given, key: Given, iv: Given, aad: Given, method: string | null) => {
      if (value === null || key === null) return null;
      const sealed = seal(methodOf(method), plain(value), plain(key), optional(iv), optional(aad));
      const parts = [field("ciphertext", sealed.ciphertext), field("iv", sealed.iv)];
      if (sealed.tag.length > 0) parts.push(field("tag", sealed.tag));
      return `{${parts.join(",")}}`;
    },
  },
  {
    name: "sf_decrypt_raw",
    parameters: [BLOB, BLOB, BLOB, BLOB, VARCHAR, BLOB, BOOLEAN],
    returns: BLOB,
    calledOnNull: true,
    compute: (v: Given, key: Given, iv: Given, aad: Given, method: string | null, tag: Given, attempt: boolean) => {
      if (v === null || key === null) return null;
      const none = Buffer.alloc(0);
      return attempted(attempt, () => {
        const parts = { iv: optional(iv) ?? none, ciphertext: plain(v), tag: optional(tag) ?? none };
        return open(methodOf(method), parts, plain(key), optional(aad));
      });
    },
  },
];
