import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeSecretText } from "../project/secretFile";
import { CommandError } from "../terminal/fail";

export interface KeyPair {
  /** PKCS 8 PEM, encrypted as it was in the file. */
  privateKey: string;
  /** As `RSA_PUBLIC_KEY` takes it: base64 without the lines around it. */
  publicKey: string;
  isEncrypted: boolean;
}

/** Snowflake takes nothing shorter. */
const LEAST_BITS = 2048;

/**
 * Reads the private key of a file, or makes a pair of 2048 bits and keeps the private key there, for this user alone.
 * Source: Snowflake, "Key-pair authentication and key-pair rotation".
 */
export async function ensureKeyPair(path: string): Promise<KeyPair> {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: LEAST_BITS });
    await writeSecretText(path, privateKey.export({ type: "pkcs8", format: "pem" }) as string);
  }
  return readKeyPair(path);
}

/**
 * Reads the private key of a file, in any form OpenSSL writes.
 * @param passphrase of an encrypted one
 * @throws CommandError when it is none that Snowflake takes
 */
export function readKeyPair(path: string, passphrase?: string): KeyPair {
  const written = textOf(path);
  const isEncrypted = /ENCRYPTED/.test(written);
  if (isEncrypted && !passphrase)
    throw new CommandError(
      `${path} is encrypted: set SNOWFLAKE_PRIVATE_KEY_PASSPHRASE (also for pulumi up), or leave out --private-key and setup makes a key`,
    );
  const key = keyOf(path, written, passphrase);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < LEAST_BITS)
    throw new CommandError(
      `${path} is a key of type ${key.asymmetricKeyType}${bits ? ` with ${bits} bits` : ""}; Snowflake takes RSA of at least ${LEAST_BITS} bits`,
    );
  return {
    privateKey: key.export({
      type: "pkcs8",
      format: "pem",
      ...(isEncrypted ? { cipher: "aes-256-cbc", passphrase } : {}),
    }) as string,
    publicKey: createPublicKey(key).export({ type: "spki", format: "der" }).toString("base64"),
    isEncrypted,
  };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT")
      throw new CommandError(`${path} does not exist; leave out --private-key and setup makes a key`);
    throw new CommandError(code === "EISDIR" ? `${path} is a folder; expected a file` : `${path}: ${message}`);
  }
}

function keyOf(path: string, pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, passphrase });
  } catch (cause) {
    const found = /BEGIN (?:RSA )?PUBLIC KEY/.test(pem) ? "is the public key" : "is no private key in PEM";
    throw new CommandError(
      /ENCRYPTED/.test(pem)
        ? `${path} does not open with SNOWFLAKE_PRIVATE_KEY_PASSPHRASE`
        : `${path} ${found}; name the file of a private key (-----BEGIN PRIVATE KEY-----) with --private-key`,
      { cause },
    );
  }
}
