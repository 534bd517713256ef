import pc from "picocolors";

/** An error whose message is the whole answer; anything else is a defect and shows its stack. */
export class CommandError extends Error {
  override name = "CommandError";
}

const EXPECTED = new Set(["CommandError", "ToolchainError", "PulumiError", "FolderInUseError", "InvalidEventError"]);

/** Runs a command; prints what went wrong, once, and sets the exit code. */
export async function runCommand(work: () => Promise<void>, exitCode = 1): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { name, message, stack } = error as Error;
    // Ctrl-C at a question.
    if (name === "ExitPromptError") {
      process.stderr.write("\nStopped.\n");
      process.exitCode = 130;
      return;
    }
    const known = EXPECTED.has(name) || name === "Error" || name === "RangeError";
    process.stderr.write(`${pc.red(known ? message : (stack ?? message))}\n`);
    process.exitCode = exitCode;
  }
}
