import { completable, type McpServer } from "@modelcontextprotocol/server";
import { z } from "zod";
import { actionNames } from "../resources/actionNames";
import type { Service } from "../service";
import { quoted, userSays } from "./prompt";

/** How many go from one action to another, and how long it takes. */
export function registerFunnel(server: McpServer, service: Service): void {
  const action = (words: string) =>
    completable(z.string().min(1).describe(words), (beginning) => actionNames(service, beginning ?? ""));
  server.registerPrompt(
    "funnel",
    {
      title: "Measure a funnel",
      description: "How many people go from one action to another, and how long it takes them",
      argsSchema: z.object({
        from: action("The action people start with"),
        to: action("The action they should arrive at"),
      }),
    },
    ({ from, to }) =>
      userSays(`Measure how people get from ${quoted(from)} to ${quoted(to)} in the last 30 days.

1. Call describe-action for both; stop with the reason if one cannot be queried.
2. Count the people who did the first: run-plan with count_distinct(actor_id).
3. Call relate-actions with the first as action, first_after, and the second as other_action, measuring count, count(related.event_id) and count_distinct(actor_id): the share that arrived.
4. Group the same by week, and by the one attribute most likely to matter.
5. Give the conversion with its counts, the change over the weeks, and where people are lost. Say what the numbers cannot tell.`),
  );
}
