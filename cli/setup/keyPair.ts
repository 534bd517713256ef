import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { writeSecretText } from "../project/secretFile";

export interface KeyPair {
  /** PKCS 8 PEM. */
  privateKey: string;
  /** As `RSA_PUBLIC_KEY` takes it: base64 without the lines around it. */
  publicKey: string;
}

/**
 * Reads the private key of a file, or makes a pair of 2048 bits and keeps the private key there, for this user alone.
 * Source: Snowflake, "Key-pair authentication and key-pair rotation".
 */
export async function ensureKeyPair(path: string): Promise<KeyPair> {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    await writeSecretText(path, privateKey.export({ type: "pkcs8", format: "pem" }) as string);
  }
  const privateKey = readFileSync(path, "utf8");
  let publicKey: Buffer;
  try {
    publicKey = createPublicKey(privateKey).export({ type: "spki", format: "der" });
  } catch {
    throw new Error(`${path} is no unencrypted private key in PEM; name another file with --private-key`);
  }
  return { privateKey, publicKey: publicKey.toString("base64") };
}
