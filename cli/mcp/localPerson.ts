import { generateKeyPairSync, randomBytes } from "node:crypto";
import snowflake, { type Connection, type ConnectionOptions } from "snowflake-sdk";
import type { Person } from "../../mcp/index";
import type { ConnectionFile } from "../connection/target";
import { readSecretFile, writeSecretFile } from "../project/secretFile";

interface Kept {
  user: string;
  privateKey: string;
}

/**
 * The person assistants ask as in the warehouse `npm start` runs: a user with a key pair, made once by the administrator's
 * procedures, who may query everything but the reserved namespaces and may record events. The server itself never sees the
 * administrator's password.
 */
export async function localPerson(local: ConnectionFile, path: string): Promise<Person> {
  const kept = await readSecretFile<Kept>(path);
  const connection = await administrator(local);
  try {
    const exists = kept !== undefined && (await query(connection, `SHOW USERS LIKE '${kept.user}'`)).length > 0;
    const { user, privateKey } = exists ? kept : await create(connection, local, path);
    return { outputs: local.outputs, credentials: { username: user, privateKey, authenticator: "SNOWFLAKE_JWT" } };
  } finally {
    connection.destroy(() => undefined);
  }
}

async function create(connection: Connection, { outputs }: ConnectionFile, path: string): Promise<Kept> {
  const user = `ASSISTANT_${randomBytes(4).toString("hex").toUpperCase()}`;
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  const { mcp } = outputs.schemas;
  const key = publicKey.replace(/-----[A-Z ]+-----|\s/g, "");
  await query(connection, `CALL ${mcp}.CREATE_MCP_USER(user_name => ?, rsa_public_key => ?)`, [user, key]);
  await query(connection, `GRANT ROLE ${outputs.roles.ingest} TO USER ${user}`);
  await query(connection, `CALL ${mcp}.GRANT_USER_PERMISSION(user_name => ?, action_pattern => '*', reason => ?)`, [
    user,
    "assistants on this machine",
  ]);
  const kept = { user, privateKey };
  await writeSecretFile(path, kept);
  return kept;
}

function administrator({ outputs, username, password }: ConnectionFile): Promise<Connection> {
  const { account, protocol, host, port } = outputs.account;
  const connection = snowflake.createConnection({
    account,
    accessUrl: `${protocol}://${host}:${port}`,
    username,
    password,
    role: outputs.roles.deployer,
    warehouse: outputs.warehouses.query,
  } as ConnectionOptions);
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve(connection)));
  });
}

function query(connection: Connection, sqlText: string, binds: string[] = []): Promise<unknown[]> {
  return new Promise((resolve, reject) => {
    connection.execute({ sqlText, binds, complete: (error, _, rows) => (error ? reject(error) : resolve(rows ?? [])) });
  });
}
