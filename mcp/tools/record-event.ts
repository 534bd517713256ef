import { createHash, randomUUID } from "node:crypto";
import { inputRequired, inputResponse } from "@modelcontextprotocol/server";
import { z } from "zod";
import type { EventInput } from "../../client/event";
import { InvalidEventError } from "../../client/invalidEvent";
import { prepareEvent } from "../../client/prepareEvent";
import { confirmations, onceAgreed } from "../confirmations";
import type { Problem } from "../plan/problem";
import { shorten } from "../plan/problem";
import { ToolError } from "../toolError";
import { WarehouseError } from "../warehouse/warehouseError";
import { defineExplainingTool, type ToolCall } from "./tool";

/** Lane of what assistants record. */
export const LANE = "ASSISTANT";

const event = z.strictObject({
  action: z.string().describe("noun.verb_past of a-z, 0-9, _ and dots; not system., mcp. or quality."),
  occurred_at: z.string().optional().describe("ISO 8601 with an offset; now when left out"),
  actor_id: z.string().optional().describe("Who did it; your person when left out"),
  anonymous_actor_id: z.string().optional(),
  object: z.strictObject({ type: z.string().optional(), id: z.string().optional() }).optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  revenue_impact: z.number().optional(),
  depends_on_event_id: z.string().optional(),
  link: z.string().optional(),
});

const KEYS = Object.keys(event.shape);

/** Writes one event, after the person has seen it where the client can show it. */
export const recordEvent = defineExplainingTool({
  name: "record-event",
  title: "Record an event",
  description:
    "Records that something happened, as one event in the lane ASSISTANT. It cannot be changed or taken back. Your person is asked first where the client can ask. Record only what your person told you to.",
  input: event,
  accepts: z.record(z.string(), z.unknown()),
  output: z.object({
    status: z.enum(["accepted", "dead_lettered"]),
    event_id: z.string().optional(),
    reason: z.string().optional().describe("Why it does not count, of a dead letter"),
    received_at: z.string(),
    confirmed: z.boolean().describe("Whether the person was asked and agreed"),
  }),
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  async answer(args, call) {
    const given = await completed(args, call);
    const payload = checked(given);
    const asked = call.canAsk ? await confirm(given, call) : undefined;
    if (asked !== undefined && typeof asked !== "string") return asked;
    const record = () => insert(payload.json, call);
    const answer = await (asked === undefined ? record() : onceAgreed(asked, record));
    return {
      status: answer.status === "accepted" ? ("accepted" as const) : ("dead_lettered" as const),
      ...(answer.event_id ? { event_id: String(answer.event_id) } : {}),
      ...(answer.reason ? { reason: String(answer.reason) } : {}),
      received_at: String(answer.recv_at),
      confirmed: asked !== undefined,
    };
  },
});

async function completed(args: Record<string, unknown>, call: ToolCall): Promise<EventInput> {
  const unknown = Object.keys(args).filter((key) => !KEYS.includes(key));
  if (unknown.length > 0) {
    const problems = unknown
      .slice(0, 20)
      .map((key) => ({ path: shorten(key, 60), message: "is not a field of an event", allowed: KEYS }));
    throw new ToolError("invalid_arguments", "The event has fields that are not known.", {
      problems,
      next: "Put what belongs to this kind of event into attributes.",
    });
  }
  const actor = args.actor_id ?? args.anonymous_actor_id;
  const { user_name } = actor === undefined ? await call.service.queries.identity(call.run) : { user_name: undefined };
  return {
    ...args,
    ...(user_name ? { actor_id: user_name } : {}),
    source: call.run.tag.split(":").slice(0, 2).join(":"),
  } as unknown as EventInput;
}

function checked(given: EventInput) {
  try {
    const prepared = prepareEvent(given, { lane: LANE, recvAt: Date.now() });
    if (prepared.refusal === undefined) return prepared;
    throw new InvalidEventError([prepared.refusal]);
  } catch (error) {
    if (!(error instanceof InvalidEventError)) throw error;
    const problems = error.problems.slice(0, 20).map((problem): Problem => {
      const [, path = "", message = problem] = /^([\w.]{1,60}): (.*)$/s.exec(problem) ?? [];
      return { path, message: shorten(message, 500) };
    });
    throw new ToolError("invalid_arguments", "The event is not valid; nothing was recorded.", { problems });
  }
}

/**
 * Asks the person. What is recorded is what they saw: the answer carries a signed mark of it.
 * @returns the question that was agreed to, or what the client is to ask
 */
async function confirm(given: EventInput, { context }: ToolCall) {
  const mark = createHash("sha256").update(JSON.stringify(given)).digest("base64url");
  const view = inputResponse(context.mcpReq.inputResponses, "confirm");
  const asked = context.mcpReq.requestState<{ mark: string; question: string }>();
  if (view.kind === "elicit" && asked?.mark === mark) {
    if (view.action === "accept" && view.content?.record === true) return asked.question;
    throw new ToolError("cancelled", "The person declined; nothing was recorded.", {
      next: "Do not try again unless they ask for it.",
    });
  }
  return inputRequired({
    inputRequests: {
      confirm: inputRequired.elicit({
        message: `Record this event? It cannot be taken back.\n${shorten(JSON.stringify(given), 1500)}`,
        requestedSchema: {
          type: "object",
          properties: {
            record: {
              type: "boolean",
              title: "Record it",
              description: "Whether the event is recorded",
              default: false,
            },
          },
          required: ["record"],
        },
      }),
    },
    requestState: await confirmations.mint({ mark, question: randomUUID() }, context),
  });
}

async function insert(payload: string, call: ToolCall) {
  try {
    return await call.service.queries.insertEvent(payload, LANE, call.run);
  } catch (error) {
    if (!(error instanceof WarehouseError) || (error.kind !== "login" && error.kind !== "denied")) throw error;
    const { ingest } = call.service.queries.outputs.roles;
    throw new ToolError("denied", `Recording needs the role ${ingest}, which your person does not hold.`, {
      next: `An administrator of the account can give it: GRANT ROLE ${ingest} TO USER <your person>`,
    });
  }
}
