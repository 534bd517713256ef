import { readSettings, Service, serveOverStdio } from "../../mcp/index";
import { findPerson, type PersonChoice } from "./person";
import { printConfig } from "./printConfig";

export interface McpFlags extends PersonChoice {
  stdio?: boolean;
  http?: boolean;
  host: string;
  port: number;
  allowHost?: string[];
  printConfig?: boolean;
}

/** Serves until the client is gone, or prints how to install it. */
export async function mcpCommand(flags: McpFlags): Promise<void> {
  if (flags.printConfig) {
    printConfig(flags);
    return;
  }
  const settings = readSettings();
  const service = new Service(await findPerson(flags), settings);
  try {
    await serveOverStdio(service);
  } finally {
    await service.close();
  }
}
