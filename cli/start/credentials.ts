import { randomBytes } from "node:crypto";
import { readSecretFile, writeSecretFile } from "../project/secretFile";

/** Secrets of the stack `local`, made up once. */
export interface Credentials {
  /** Of the administrator of the embedded server. */
  password: string;
  /** Of Pulumi's state. */
  passphrase: string;
}

/** Reads the secrets, or makes them up and keeps them where only this user can read them. */
export async function ensureCredentials(path: string): Promise<Credentials> {
  const kept = await readSecretFile<Credentials>(path);
  if (kept !== undefined) return kept;
  const made = { password: secret(), passphrase: secret() };
  await writeSecretFile(path, made);
  return made;
}

const secret = () => randomBytes(18).toString("base64url");
