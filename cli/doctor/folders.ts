import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { FolderInUseError, ownFolder } from "../../client/spool/folderOwner";
import { type CheckResult, failed, ok, warning } from "../checks/check";
import { PROJECT_ROOT, projectFolder } from "../project/projectFolder";

/** Files with secrets in them are for their owner alone. */
export function secretFiles(): CheckResult {
  const { credentials, connection } = projectFolder();
  const files = [join(PROJECT_ROOT, ".env"), credentials, connection].filter((path) => existsSync(path));
  const open = files.filter((path) => (statSync(path).mode & 0o077) !== 0);
  return open.length === 0
    ? ok(files.length === 0 ? "none yet" : `${files.length}, for this user alone`)
    : failed(`${open.join(", ")} can be read by others`, `Run: chmod 600 ${open.join(" ")}`);
}

/** Whether a warehouse of this folder runs, and where its data is. */
export async function localWarehouse(): Promise<CheckResult> {
  const { root, connection, data } = projectFolder();
  try {
    await (await ownFolder(root))();
  } catch (error) {
    if (!(error instanceof FolderInUseError)) {
      return failed((error as Error).message, `Make ${root} writable, or name another folder in TWO_TABLE_HOME`);
    }
    return existsSync(connection)
      ? ok(`runs as process ${error.pid}`)
      : ok(`process ${error.pid} starts or stops it right now`);
  }
  if (existsSync(connection)) {
    return warning(
      `stopped without a goodbye; its data is in ${data}`,
      "Run: npm start   (it puts everything in order)",
    );
  }
  return ok(existsSync(data) ? `stopped; its data is in ${data}` : "not started yet");
}
