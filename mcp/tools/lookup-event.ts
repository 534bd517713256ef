import { z } from "zod";
import { queryableActions } from "../answers/queryableActions";
import { rowsAnswer, rowsShape } from "../answers/rows";
import { execute } from "../answers/runPlan";
import { actionSchema } from "../plan/planSchema";
import { visibly } from "../plan/problem";
import { ToolError } from "../toolError";
import type { Row } from "../warehouse/warehouse";
import { defineTool, READS, type ToolCall } from "./tool";

const EVER = { from: "0001-01-02T00:00:00Z", to: "9999-12-30T00:00:00Z" };

/** One event, or a part of one of its values. */
export const lookupEvent = defineTool({
  name: "lookup-event",
  title: "Look up an event",
  description:
    "Gives one event by its event_id, with all its attributes. Values that are too long for an answer are shortened; with path (such as attributes.body) and offset it gives such a value in parts.",
  input: z.strictObject({
    event_id: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits in lower case, as event_id has")
      .describe("As event_id of rows has it"),
    action: actionSchema.optional().describe("Its action, if you know it: makes the search shorter"),
    path: z.string().max(500).optional().describe("Keys to one value, joined by dots, such as attributes.body"),
    offset: z.int().min(0).max(2_000_000).optional().describe("With path: characters to skip"),
  }),
  output: z.object({
    event: rowsShape.rows.element.optional().describe("The event; left out when path is given"),
    cuts: rowsShape.cuts,
    notice: z.string().optional(),
    part: z
      .object({
        path: z.string(),
        text: z.string().describe("Of a text its characters, of anything else its JSON"),
        offset: z.int(),
        next_offset: z.int().optional().describe("Where the next part begins, when there is one"),
        total_characters: z.int(),
      })
      .optional(),
  }),
  annotations: READS,
  async answer({ event_id, action, path, offset = 0 }, call) {
    const event = await find(event_id, action, call);
    const { maxBytes } = call.service.settings;
    if (path !== undefined) return { part: partOf(event, path, offset, maxBytes) };
    const { rows, cuts, notice } = rowsAnswer([event], 1, maxBytes, "");
    return { event: rows[0] as Row, ...(cuts ? { cuts } : {}), ...(notice ? { notice } : {}) };
  },
});

async function find(eventId: string, action: string | undefined, call: ToolCall): Promise<Row> {
  const { plans, leftOut } = await queryableActions(action === undefined ? undefined : [action], "", call);
  for (const [index, actions] of plans.entries()) {
    await call.progress(`plan ${index + 1} of ${plans.length}`);
    const filters = [{ field: "event_id", op: "=" as const, value: eventId }];
    const { rows } = await execute({ actions, window: EVER, filters, limit: 1 }, call);
    if (rows[0]) return rows[0];
  }
  throw new ToolError("not_found", "No event with this id is among the actions you may query.", {
    next:
      leftOut > 0
        ? "Give its action: not all actions were looked through."
        : "Check the id; my-permissions says what you may query.",
  });
}

function partOf(event: Row, path: string, offset: number, maxBytes: number) {
  let value: unknown = event;
  const keys = path.split(".");
  for (let at = 0; at < keys.length; at++) {
    // A key may hold dots itself: the longest that exists counts.
    const parent = value as Record<string, unknown>;
    if (typeof parent !== "object" || parent === null) value = undefined;
    else {
      let end = keys.length;
      while (end > at + 1 && !Object.hasOwn(parent, keys.slice(at, end).join("."))) end--;
      const key = keys.slice(at, end).join(".");
      value = Object.hasOwn(parent, key) ? parent[key] : undefined;
      at = end - 1;
    }
  }
  if (value === undefined) {
    throw new ToolError("not_found", "The event has no such value.", {
      problems: [{ path: "path", message: "leads to nothing", found: path, allowed: Object.keys(event) }],
    });
  }
  const text = typeof value === "string" ? value : JSON.stringify(value);
  let part = text.slice(offset, offset + Math.floor(maxBytes / 3));
  while (part.length > 1 && twice(part) > maxBytes - 1500) part = part.slice(0, Math.floor(part.length * 0.8));
  if (/[\uD800-\uDBFF]$/.test(part) && offset + part.length < text.length) part = part.slice(0, -1);
  const next = offset + part.length;
  return {
    path,
    text: part,
    offset,
    ...(next < text.length ? { next_offset: next } : {}),
    total_characters: text.length,
  };
}

/** Bytes of a text in an answer, which holds it as structure and as text. */
const twice = (text: string) => {
  const json = JSON.stringify(text);
  return Buffer.byteLength(json) + Buffer.byteLength(JSON.stringify(visibly(json)));
};
