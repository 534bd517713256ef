import { appendFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { WarehouseOutputs } from "../../components/outputs";
import type { ProjectFolder } from "../project/projectFolder";
import { readSecretFile, writeSecretFile } from "../project/secretFile";
import { deploymentFingerprint } from "../stack/deploymentFingerprint";
import { LocalStack } from "../stack/localStack";
import type { Credentials } from "./credentials";

/** The last deployment that succeeded. */
interface Deployed {
  fingerprint: string;
  outputs: WarehouseOutputs;
}

export interface DeployOptions {
  folder: ProjectFolder;
  credentials: Credentials;
  port: number;
  /** Told how many resources are done. */
  onResource?: (done: number) => void;
  signal?: AbortSignal;
}

const marker = (folder: ProjectFolder) => join(folder.root, "deployed.json");

/**
 * Data and state only make sense together: without a first deployment that succeeded, or without the data, both begin anew.
 * Called before the server opens the data.
 * @returns whether something was deployed before
 */
export async function dropHalfDeployment(folder: ProjectFolder): Promise<boolean> {
  const deployed = await readSecretFile<Deployed>(marker(folder));
  if (deployed !== undefined && existsSync(folder.data)) return true;
  for (const path of [folder.data, folder.state, folder.loads, marker(folder)])
    rmSync(path, { recursive: true, force: true });
  return false;
}

/** Deploys the stack `local`, unless nothing has changed since it was deployed. */
export async function deploy(options: DeployOptions): Promise<{ outputs: WarehouseOutputs; changed: boolean }> {
  const { folder, credentials, port, onResource, signal } = options;
  const fingerprint = deploymentFingerprint(port);
  const deployed = await readSecretFile<Deployed>(marker(folder));
  if (deployed?.fingerprint === fingerprint) return { outputs: deployed.outputs, changed: false };
  let done = 0;
  const stack = new LocalStack({
    folder: folder.state,
    ...credentials,
    port,
    signal,
    onLine: (line) => {
      appendFileSync(folder.log, `${line}\n`, { mode: 0o600 });
      if (/ (created|updated|replaced|deleted) \(/.test(line)) onResource?.(++done);
    },
  });
  await stack.up();
  const outputs = await stack.outputs();
  await writeSecretFile(marker(folder), { fingerprint, outputs } satisfies Deployed);
  return { outputs, changed: true };
}
