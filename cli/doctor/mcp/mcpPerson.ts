import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionOptions } from "snowflake-sdk";
import { type Person, tryPerson } from "../../../mcp/index";
import { type CheckResult, failed, ok, skipped } from "../../checks/check";
import { findPerson } from "../../mcp/person";
import { projectFolder } from "../../project/projectFolder";

/**
 * Whether the person assistants ask as can log in, in the role of people and no administrator: tried by a login, which wakes no
 * warehouse. Nobody is made for it.
 */
export async function mcpPerson(environment: NodeJS.ProcessEnv = process.env): Promise<CheckResult> {
  const { connection, root } = projectFolder(environment);
  const isLocal = !environment.SNOWFLAKE_ACCOUNT && !environment.MCP_OUTPUTS;
  if (isLocal && !existsSync(connection)) return skipped("no warehouse runs here and SNOWFLAKE_ACCOUNT names none");
  if (isLocal && !existsSync(join(root, "assistant.json"))) return ok("made when the first assistant asks");
  try {
    const person = await findPerson({}, environment);
    const login = describeLogin(person.credentials);
    const { user, role } = await tryPerson(person);
    return ok(`${user} as ${role}, by ${login}`);
  } catch (error) {
    return failed(
      (error as Error).message,
      "See docs/mcp.md, “Who asks”: which variables name the person and how to make one",
    );
  }
}

/** @throws Error when the key is none */
function describeLogin({
  privateKey,
  privateKeyPass,
  token,
}: Person["credentials"] & Partial<ConnectionOptions>): string {
  if (privateKey === undefined) return token === undefined ? "password; a key pair is safer" : "token";
  try {
    const key = createPrivateKey({ key: privateKey, ...(privateKeyPass ? { passphrase: privateKeyPass } : {}) });
    const der = createPublicKey(key).export({ type: "spki", format: "der" });
    return `key pair SHA256:${createHash("sha256").update(der).digest("base64")}`;
  } catch {
    throw new Error(
      "The private key of the person cannot be read: expected PEM (PKCS#8), and its passphrase when it has one",
    );
  }
}
