import { toJSONSchema } from "zod";
import { FIELD_NAMES, MEASURES, MOST, OPERATORS, RELATION_FIELDS, RELATIONSHIPS, WINDOWS } from "../plan/grammar";
import { planSchema } from "../plan/planSchema";
import type { TextResource } from "./resource";

const list = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

/** The whole grammar of plans. */
export const planGrammarResource: TextResource = {
  name: "plan-grammar",
  uri: "warehouse://plan-grammar",
  title: "Grammar of query plans",
  description: "Everything a query plan may say, with examples and its JSON Schema",
  mimeType: "text/markdown",
  text: () => `# Query plans

A plan is a JSON object. Names come from closed lists, values are only ever compared; nothing in it becomes SQL.

- \`actions\` (needed): 1 to ${MOST.actions} action names.
- \`window\`: ${list(WINDOWS)}, or \`{"from": …, "to": …}\` with ISO 8601 times that carry an offset. \`last_7d\` when left out.
- \`filters\`: at most ${MOST.filters} of \`{"field", "op", "value"}\`; all must hold. Operators: ${list(OPERATORS)}.
- \`group_by\`: at most ${MOST.group_by} fields. \`hour\`, \`day\`, \`week\` and \`month\` are buckets of \`occurred_at\`.
- \`measures\`: at most ${MOST.measures} of ${list(MEASURES.map((name) => (name === "count" ? name : `${name}(field)`)))}, or \`{"fn", "field", "as"}\`.
- \`order_by\`: at most ${MOST.order_by} columns of the answer; \`-name\` descends.
- \`limit\`: the most rows.
- \`relate\`: at most ${MOST.relate} of \`{"relationship", "action", "match", "as"}\`; \`match\` is \`person\` (when left out) or \`object\`. Each appends \`<as>.<field>\`: ${list(RELATION_FIELDS)}.

Fields: ${list(FIELD_NAMES)}, \`attributes.<path>\`.

Relationships, "it" being an event of the plan's actions:

${Object.entries(RELATIONSHIPS)
  .map(([name, words]) => `- \`${name}\`: ${words}`)
  .join("\n")}

## Examples

Weekly active actors:

    {"actions": ["page.viewed"], "window": "last_90d", "group_by": ["week"], "measures": ["count_distinct(actor_id)"], "order_by": ["week"]}

What people last viewed before they ordered:

    {"actions": ["order.placed"], "window": "last_30d", "relate": [{"relationship": "last_before", "action": "page.viewed", "as": "viewed"}]}

Time from authored to landed, by commit:

    {"actions": ["commit.authored"], "window": "last_90d", "relate": [{"relationship": "first_after", "action": "commit.landed", "match": "object", "as": "landed"}], "measures": ["median(landed.seconds)", "p90(landed.seconds)"]}

## JSON Schema

\`\`\`json
${JSON.stringify(toJSONSchema(planSchema, { io: "input" }), null, 2)}
\`\`\`
`,
};
