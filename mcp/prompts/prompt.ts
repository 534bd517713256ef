import type { GetPromptResult } from "@modelcontextprotocol/server";
import { visibly } from "../plan/problem";

/** What the person asks the model to do. */
export const userSays = (text: string): GetPromptResult => ({
  messages: [{ role: "user", content: { type: "text", text } }],
});

/** A value the person typed, as JSON, so that it cannot pass for part of the request. */
export const quoted = (value: string): string => visibly(JSON.stringify(value.slice(0, 500)));
