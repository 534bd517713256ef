import type { McpServer } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { registerFunnel } from "./funnel";
import { registerTracePerson } from "./trace-person";
import { registerWeeklyReview } from "./weekly-review";

export const PROMPT_NAMES = ["weekly-review", "trace-person", "funnel"] as const;

/** Every prompt. A new one is a file, a line here, and its name above. */
export function registerPrompts(server: McpServer, service: Service): void {
  registerWeeklyReview(server);
  registerTracePerson(server);
  registerFunnel(server, service);
}
