import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { ensureToolchain, PulumiError, progressPrinter, runPulumi } from "../../toolchain/index";
import { PROJECT_ROOT } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";

/** Pulumi knows no stack of that name, or nobody is logged in to ask it. */
export class UnknownStackError extends CommandError {}

/**
 * What a stack of this project put out, as the person who is logged in to Pulumi sees it.
 * @throws CommandError saying what to do: log in, name another stack (UnknownStackError), deploy it
 */
export async function stackOutputs(stack: string): Promise<unknown> {
  // Where it is not there yet it takes minutes.
  const toolchain = await ensureToolchain({ onProgress: progressPrinter() });
  let outputs: unknown;
  try {
    const { stdout } = await runPulumi(["stack", "output", "--json", "--stack", stack], {
      cwd: PROJECT_ROOT,
      env: loginOf(process.env),
      toolchain,
    });
    outputs = JSON.parse(stdout);
  } catch (error) {
    throw error instanceof PulumiError ? explain(stack, error) : error;
  }
  if (outputs !== null && typeof outputs === "object" && Object.keys(outputs).length > 0) return outputs;
  throw new CommandError(
    `The stack ${stack} puts nothing out: it is not deployed. Deploy it with: pulumi up --stack ${stack}`,
  );
}

/** The toolchain has a PULUMI_HOME of its own; whoever has a Pulumi CLI already logged in with that one. */
export function loginOf({ PULUMI_CREDENTIALS_PATH, PULUMI_HOME, HOME }: NodeJS.ProcessEnv): Record<string, string> {
  if (PULUMI_CREDENTIALS_PATH) return {};
  const own = PULUMI_HOME || join(HOME ?? homedir(), ".pulumi");
  return existsSync(join(own, "credentials.json")) ? { PULUMI_CREDENTIALS_PATH: own } : {};
}

const REASONS: [said: RegExp, Kind: typeof CommandError, answer: (stack: string) => string][] = [
  [
    /PULUMI_ACCESS_TOKEN must be set/,
    UnknownStackError,
    (stack) =>
      `Nobody is logged in to Pulumi, so the stack ${stack} cannot be read. Run: pulumi login   (or set PULUMI_BACKEND_URL, or PULUMI_ACCESS_TOKEN for Pulumi Cloud)`,
  ],
  [
    /no stack named/,
    UnknownStackError,
    (stack) =>
      `Pulumi knows no stack ${stack} where you are logged in (pulumi whoami --verbose). See which there are with: pulumi stack ls   Make it with: npm run setup -- --stack ${stack}, then pulumi stack init ${stack}`,
  ],
  [
    /PULUMI_CONFIG_PASSPHRASE|incorrect passphrase/,
    CommandError,
    (stack) =>
      `The stack ${stack} is encrypted by a passphrase: set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE, to the one it was made with`,
  ],
];

function explain(stack: string, error: PulumiError): CommandError {
  const said = `${error.stdout}\n${error.stderr}`;
  const [, Kind, answer] = REASONS.find(([pattern]) => pattern.test(said)) ?? [/./, CommandError, () => error.message];
  return new Kind(answer(stack), { cause: error });
}
