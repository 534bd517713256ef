import { Command } from "commander";

/** A command as a person types it. npm keeps options to itself that do not stand behind `--`, so every complaint says where they go. */
export function command(script: string): Command {
  const typed = script === "start" ? "npm start" : `npm run ${script}`;
  return new Command(`${typed} --`).showHelpAfterError(`Options stand behind "--". All of them: ${typed} -- --help`);
}
