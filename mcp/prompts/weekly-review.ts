import type { McpServer } from "@modelcontextprotocol/server";
import { userSays } from "./prompt";

/** What happened in a week, against the one before. */
export function registerWeeklyReview(server: McpServer): void {
  server.registerPrompt(
    "weekly-review",
    {
      title: "Review of the week",
      description: "What happened in the last seven days, compared with the seven before",
    },
    () =>
      userSays(`Write me a review of the last seven days from the warehouse's events.

1. Call warehouse-health. If the events are not fresh, say so first.
2. Call list-actions with queryable_only. Leave out actions without events in the last 14 days.
3. With one run-plan per twenty actions, group by action and day over the last 14 days, measuring count and count_distinct(actor_id).
4. Compare the last seven days with the seven before, per action. Name what rose or fell by more than a quarter, and what is new or gone.
5. For the largest change, look one level deeper: describe-action, then group by the attribute that may explain it.

Answer in a table and at most eight sentences. Give numbers as the tools gave them; say where an answer was truncated.`),
  );
}
