import type { McpServer } from "@modelcontextprotocol/server";
import type { Service } from "../service";
import { registerFunnel } from "./funnel";
import { registerTracePerson } from "./trace-person";
import { registerWeeklyReview } from "./weekly-review";

/** Every prompt. A new one is a file and a line here. */
export function registerPrompts(server: McpServer, service: Service): void {
  registerWeeklyReview(server);
  registerTracePerson(server);
  registerFunnel(server, service);
}
