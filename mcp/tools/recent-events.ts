import { z } from "zod";
import { queryableActions } from "../answers/queryableActions";
import { rowsAnswer, rowsShape } from "../answers/rows";
import { execute } from "../answers/runPlan";
import { actionSchema } from "../plan/planSchema";
import type { Row } from "../warehouse/warehouse";
import { defineTool, READS } from "./tool";

const HOURS = { last_24h: 24, last_7d: 168, last_30d: 720, last_90d: 2160 } as const;

/** The latest events. */
export const recentEvents = defineTool({
  name: "recent-events",
  title: "Recent events",
  description:
    "Lists the latest events, newest first, of the given actions or of all you may query, optionally of one actor or one object. To look at examples; to count or compare use run-plan.",
  input: z.strictObject({
    actions: z.array(actionSchema).min(1).max(20).optional().describe("All you may query when left out"),
    actor_id: z.string().min(1).max(500).optional(),
    object_id: z.string().min(1).max(500).optional(),
    window: z.enum(["last_24h", "last_7d", "last_30d", "last_90d"]).optional().describe("last_7d when left out"),
    limit: z.int().min(1).max(100).optional().describe("20 when left out"),
  }),
  output: z.object(rowsShape),
  annotations: READS,
  async answer({ actions, actor_id, object_id, window = "last_7d", limit = 20 }, call) {
    const since = new Date(Date.now() - HOURS[window] * 3_600_000).toISOString();
    const { plans, leftOut } = await queryableActions(actions, since, call);
    const filters = Object.entries({ actor_id, object_id }).flatMap(([field, value]) =>
      value === undefined ? [] : [{ field, op: "=" as const, value }],
    );
    const rows: Row[] = [];
    let count = 0;
    for (const [index, some] of plans.entries()) {
      await call.progress(`plan ${index + 1} of ${plans.length}`);
      const executed = await execute({ actions: some, window, filters, order_by: ["-occurred_at"], limit }, call);
      rows.push(...executed.rows);
      count += executed.row_count;
    }
    rows.sort((a, b) => (String(a.occurred_at) < String(b.occurred_at) ? 1 : -1));
    const unseen = leftOut > 0 ? ` ${leftOut} further actions were not looked through; name the actions you want.` : "";
    const narrow = `Ask for a higher limit (at most 100), one actor_id or object_id, or count by run-plan.${unseen}`;
    const answer = rowsAnswer(rows.slice(0, limit), count, call.service.settings.maxBytes, narrow);
    call.note({ row_count: count, truncated: answer.truncated });
    return answer;
  },
});
