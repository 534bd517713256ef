import { readDotEnv } from "../project/dotEnv";
import { PROJECT_ROOT } from "../project/projectFolder";
import { CommandError } from "../terminal/fail";

/** Ports of the console that somebody asked for; absent ones are chosen. */
export interface Ports {
  port?: number;
  webSocketPort?: number;
}

/**
 * PORT and WS_PORT of the environment, else of `.env`. Nothing else of `.env` is read: `npm start` runs a warehouse of its own,
 * whatever account is named there.
 * @throws CommandError when one of them is no port
 */
export function portsFromEnvironment(environment: NodeJS.ProcessEnv = process.env, folder = PROJECT_ROOT): Ports {
  const kept = readDotEnv(folder);
  const read = (name: string): number | undefined => {
    const text = environment[name] || kept[name];
    if (!text) return undefined;
    if (!/^\d+$/.test(text) || Number(text) > 65_535)
      throw new CommandError(`${name} is ${JSON.stringify(text)}; expected a port, a number from 0 to 65535.`);
    return Number(text);
  };
  const port = read("PORT");
  const webSocketPort = read("WS_PORT");
  return { ...(port === undefined ? {} : { port }), ...(webSocketPort === undefined ? {} : { webSocketPort }) };
}
