import { ensureToolchain, VERSIONS, verifyToolchain } from "../../toolchain/index";
import { type CheckResult, failed, ok, warning } from "../checks/check";

/** Whether CLI, language host and plugin are in place and unchanged; nothing is fetched. */
export async function toolchainState(): Promise<CheckResult> {
  try {
    await ensureToolchain({ offlineOnly: true });
  } catch (error) {
    return warning(
      (error as Error).message.split("\n")[0] as string,
      "Run: npm run toolchain   (`npm start` does it by itself)",
    );
  }
  const problems = await verifyToolchain({});
  if (problems.length > 0) return failed(problems.join("; "), "Run: npm run toolchain");
  return ok(`Pulumi ${VERSIONS.pulumi}, Snowflake plugin ${VERSIONS.snowflakePlugin}`);
}
