import type { CallToolResult, InputRequiredResult, ServerContext, ToolAnnotations } from "@modelcontextprotocol/server";
import type { z } from "zod";
import type { Service } from "../service";
import type { RunOptions } from "../warehouse/warehouse";

/** What a tool may know of the call it serves. */
export interface ToolCall {
  service: Service;
  context: ServerContext;
  /** Whether the client can ask its person something. */
  canAsk: boolean;
  /** How statements of this call run: tagged, bounded in time, stopped when the call is. */
  run: RunOptions;
  /** Tells the client how far the call is, if it wants to know. */
  progress(message: string): Promise<void>;
  /** Facts for the audit. */
  note(facts: { query_id?: string; row_count?: number; truncated?: boolean }): void;
}

export type Annotations = Required<
  Pick<ToolAnnotations, "readOnlyHint" | "destructiveHint" | "idempotentHint" | "openWorldHint">
>;

/** Of tools that only look. */
export const READS: Annotations = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

export interface Tool<Input extends z.ZodType = z.ZodType, Output extends z.ZodObject = z.ZodObject> {
  /** At most 64 of a-z and hyphens; the file has the same name. */
  name: string;
  title: string;
  /** What it answers and when to use it: a model reads this. */
  description: string;
  /** What clients are shown. */
  input: z.ZodObject;
  /** What the handler takes: `input`, unless it explains by itself what is wrong. */
  accepts: Input;
  output: Output;
  annotations: Annotations;
  answer(args: z.output<Input>, call: ToolCall): Promise<z.input<Output> | InputRequiredResult>;
}

/** Keeps the types of input and output together; the list of tools forgets them. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: Omit<Tool<Input, Output>, "accepts"> & { input: Input },
): Tool {
  return { ...tool, accepts: tool.input } as unknown as Tool;
}

/** The same for a tool that takes more than it shows, to explain what is wrong with it. */
export function defineExplainingTool<Input extends z.ZodType, Output extends z.ZodObject>(
  tool: Tool<Input, Output>,
): Tool {
  return tool as unknown as Tool;
}

export type ToolResult = CallToolResult | InputRequiredResult;
