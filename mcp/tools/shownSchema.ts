import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";

type Json = Record<string, unknown>;

/** Says nothing that the answer of `callTool` would not say better, and ends requests to models that do not know it. */
const UNKNOWN_TO_MODELS = ["propertyNames"];

/**
 * The schema as clients hand it to models, of which some take a part of JSON Schema only: a type is one word, what may be one of several
 * is `anyOf`, and an object with any keys says just that. Sources: google_workspace_mcp #1099, github/copilot-cli #4623, n8n #15553.
 * Every value is let through: `callTool` explains what is wrong better than a validator does.
 */
export function shownSchema(schema: StandardSchemaWithJSON): StandardSchemaWithJSON {
  const standard = schema["~standard"];
  const { jsonSchema } = standard;
  return {
    "~standard": {
      ...standard,
      jsonSchema: { ...jsonSchema, input: (options) => forModels(jsonSchema.input(options)) as Json },
      validate: (value: unknown) => ({ value }),
    },
  } as StandardSchemaWithJSON;
}

function forModels(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forModels);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => !UNKNOWN_TO_MODELS.includes(key));
  const shown = Object.fromEntries(entries.map(([key, value]) => [key, key === "enum" ? value : forModels(value)]));
  if (isEmpty(shown.additionalProperties)) delete shown.additionalProperties;
  if (Array.isArray(shown.type)) {
    const { type, ...rest } = shown;
    return { ...rest, anyOf: (type as string[]).map((one) => ({ type: one })) };
  }
  if (Array.isArray(shown.anyOf)) shown.anyOf = (shown.anyOf as Json[]).flatMap(alternatives);
  return shown;
}

/** A choice within a choice is one choice. */
const alternatives = (choice: Json): Json[] =>
  Array.isArray(choice.anyOf) && Object.keys(choice).length === 1 ? (choice.anyOf as Json[]) : [choice];

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;
