import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE, readSettings, type Settings } from "./settings";

/**
 * The settings of the stack that is being deployed, from its configuration and the environment.
 * @throws pulumi.RunError with every problem; Pulumi prints its message and no stack
 */
export function stackSettings(): Settings {
  const prefix = `${NAMESPACE}:`;
  const config = Object.fromEntries(
    Object.entries(pulumi.runtime.allConfig())
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
  try {
    return readSettings({ config, environment: process.env }, (message) => void pulumi.log.info(message));
  } catch (error) {
    throw new pulumi.RunError((error as Error).message);
  }
}
