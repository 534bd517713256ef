import { FIELDS } from "../plan/grammar";
import type { TextResource } from "./resource";

/** What an event is. */
export const schemaResource: TextResource = {
  name: "schema",
  uri: "warehouse://schema",
  title: "Schema of the events",
  description: "The fields of an event, what they mean and how plans name them",
  mimeType: "text/markdown",
  text: ({ queries: { outputs } }) => `# Events of ${outputs.database}

Every event says who did what to which thing and when. Events are only ever added. An event that came in twice counts once:
\`event_id\` is a hash over action, actor, object, time, lane and time of receipt (version ${outputs.eventIdVersion}).
Events are at most ${outputs.targetLag} old before they can be queried.

| field | kind | meaning |
|---|---|---|
${Object.entries(FIELDS)
  .map(([name, { kind, meaning }]) => `| ${name} | ${kind} | ${meaning} |`)
  .join("\n")}
| attributes.<path> | any | what belongs to this kind of event; describe-action lists the keys and their types |

Times are in UTC. The namespaces \`system.\`, \`mcp.\` and \`quality.\` are the warehouse's own: permissions, queries and alerts are events
too. To query them they must be granted by name.
`,
};
