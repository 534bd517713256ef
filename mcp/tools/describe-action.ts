import { z } from "zod";
import { standing } from "../permissions";
import { nearest } from "../plan/nearest";
import { actionSchema } from "../plan/planSchema";
import { show } from "../plan/problem";
import { ToolError } from "../toolError";
import { defineTool, READS } from "./tool";

const MOST_ATTRIBUTES = 200;

/** One action of the catalogue, with its attributes. */
export const describeAction = defineTool({
  name: "describe-action",
  title: "Describe an action",
  description:
    "Tells the attributes of one action with the types each has had and how often, so that you know what to filter, group and measure by (as attributes.<name>), and which schema versions occur.",
  input: z.strictObject({ action: actionSchema }),
  output: z.object({
    action: z.string(),
    queryable: z.boolean(),
    event_count: z.int(),
    event_count_24h: z.int(),
    actor_count: z.int(),
    first_seen_at: z.string(),
    last_seen_at: z.string(),
    schema_versions: z.array(z.string()),
    attributes: z.array(
      z.object({
        name: z.string(),
        types: z
          .record(z.string(), z.int())
          .describe("Snowflake type → events; several types mean the attribute has drifted"),
      }),
    ),
    notice: z.string().optional(),
  }),
  annotations: READS,
  async answer({ action }, call) {
    const { queries } = call.service;
    const [catalog, permissions] = await Promise.all([queries.actionCatalog(call.run), queries.permissions(call.run)]);
    const row = catalog.find((entry) => entry.action === action);
    if (!row) {
      const names = catalog.map((entry) => String(entry.action));
      const meant = nearest(action, names);
      throw new ToolError("not_found", `No event of the action ${show(action)} is in the warehouse.`, {
        problems: [
          {
            path: "action",
            message: `is not in the catalogue${meant ? `; did you mean ${meant}?` : ""}`,
            found: show(action),
            allowed: names.slice(0, 50),
          },
        ],
        next: "list-actions lists every action.",
      });
    }
    const attributes = Object.entries((row.attributes ?? {}) as Record<string, Record<string, number>>).sort(
      ([a], [b]) => (a < b ? -1 : 1),
    );
    return {
      action,
      queryable: standing(action, permissions).allowed,
      event_count: Number(row.event_count),
      event_count_24h: Number(row.event_count_24h),
      actor_count: Number(row.actor_count),
      first_seen_at: String(row.first_seen_at),
      last_seen_at: String(row.last_seen_at),
      schema_versions: ((row.schema_versions ?? []) as unknown[]).map(String),
      attributes: attributes.slice(0, MOST_ATTRIBUTES).map(([name, types]) => ({ name: name.slice(0, 200), types })),
      ...(attributes.length > MOST_ATTRIBUTES
        ? { notice: `The first ${MOST_ATTRIBUTES} of ${attributes.length} attributes.` }
        : {}),
    };
  },
});
