import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export interface TemporaryBackend {
  /** State and credentials live here. */
  directory: string;
  /** For {@link PulumiOptions.env}. */
  env: { PULUMI_BACKEND_URL: string; PULUMI_CONFIG_PASSPHRASE: string; PULUMI_CREDENTIALS_PATH: string };
  /** Removes the folder. */
  dispose(): void;
}

/** A Pulumi state backend of its own in a temporary folder: no login, nothing shared with other stacks on this machine. */
export function createTemporaryBackend(passphrase = "temporary"): TemporaryBackend {
  const directory = mkdtempSync(join(tmpdir(), "two-table-state-"));
  const state = join(directory, "state");
  mkdirSync(state);
  return {
    directory,
    env: {
      PULUMI_BACKEND_URL: pathToFileURL(state).href,
      PULUMI_CONFIG_PASSPHRASE: passphrase,
      PULUMI_CREDENTIALS_PATH: join(directory, "credentials"),
    },
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}
