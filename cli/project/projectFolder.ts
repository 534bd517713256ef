import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";

/** The checkout this program lies in. */
export const PROJECT_ROOT = resolve(__dirname, "..", "..");

/** What belongs to this checkout and to nobody else: data, state, passwords. Never in version control. */
export interface ProjectFolder {
  root: string;
  /** Data of the embedded server. */
  data: string;
  /** Pulumi's state of the stack `local`. */
  state: string;
  /** Passwords of the stack `local`. */
  credentials: string;
  /** How to reach the running warehouse. */
  connection: string;
  /** How far loads have come. */
  loads: string;
  log: string;
}

/** `.local` in the checkout, or the folder that `TWO_TABLE_HOME` names. Created with mode 0700. */
export function projectFolder(environment: NodeJS.ProcessEnv = process.env): ProjectFolder {
  return layOut(environment.TWO_TABLE_HOME ? resolve(environment.TWO_TABLE_HOME) : join(PROJECT_ROOT, ".local"));
}

export function layOut(root: string): ProjectFolder {
  try {
    mkdirSync(root, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(
      `The folder ${root} cannot be made: ${code === "EEXIST" ? "it is a file" : message}. Name another one in TWO_TABLE_HOME`,
    );
  }
  return {
    root,
    data: join(root, "data"),
    state: join(root, "pulumi"),
    credentials: join(root, "credentials.json"),
    connection: join(root, "connection.json"),
    loads: join(root, "loads"),
    log: join(root, "pulumi.log"),
  };
}
