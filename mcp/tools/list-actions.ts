import { z } from "zod";
import { standing } from "../permissions";
import { defineTool, READS } from "./tool";

/** The catalogue of actions. */
export const listActions = defineTool({
  name: "list-actions",
  title: "List actions",
  description:
    "Lists the actions (kinds of events) the warehouse holds, how many events each has, when it was first and last seen, and whether you may query it. Start here: plans name actions exactly as they stand in this list.",
  input: z.strictObject({
    prefix: z.string().max(200).optional().describe("Only actions that begin with this, such as order."),
    queryable_only: z.boolean().optional().describe("Only actions you may query"),
    offset: z.int().min(0).max(1_000_000).optional().describe("Actions to skip, for the next page"),
    limit: z.int().min(1).max(500).optional().describe("Actions of a page; 100 when left out"),
  }),
  output: z.object({
    actions: z.array(
      z.object({
        action: z.string(),
        queryable: z.boolean().describe("Whether you may query it; explain-denial says why not"),
        event_count: z.int(),
        event_count_24h: z.int(),
        actor_count: z.int(),
        first_seen_at: z.string(),
        last_seen_at: z.string(),
      }),
    ),
    total: z.int().describe("Actions that match, on all pages"),
    next_offset: z.int().optional().describe("Where the next page begins, when there is one"),
  }),
  annotations: READS,
  async answer({ prefix = "", queryable_only = false, offset = 0, limit = 100 }, call) {
    const { queries } = call.service;
    const [catalog, permissions] = await Promise.all([queries.actionCatalog(call.run), queries.permissions(call.run)]);
    const matching = catalog
      .filter(({ action }) => String(action).startsWith(prefix))
      .map((row) => ({ row, queryable: standing(String(row.action), permissions).allowed }))
      .filter(({ queryable }) => queryable || !queryable_only);
    const page = matching.slice(offset, offset + limit);
    return {
      actions: page.map(({ row, queryable }) => ({
        action: String(row.action),
        queryable,
        event_count: Number(row.event_count),
        event_count_24h: Number(row.event_count_24h),
        actor_count: Number(row.actor_count),
        first_seen_at: String(row.first_seen_at),
        last_seen_at: String(row.last_seen_at),
      })),
      total: matching.length,
      ...(offset + page.length < matching.length ? { next_offset: offset + page.length } : {}),
    };
  },
});
