import { z } from "zod";
import { denialSchema, explainDenial as explain } from "../answers/explainDenial";
import { actionSchema } from "../plan/planSchema";
import { defineTool, READS } from "./tool";

/** Why an action may not be queried. */
export const explainDenial = defineTool({
  name: "explain-denial",
  title: "Explain a denial",
  description:
    "Says whether you may query an action and by which permission; if not, why, which permission event would allow it and who can grant it. Permissions are events; this server cannot write them.",
  input: z.strictObject({ action: actionSchema }),
  output: denialSchema,
  annotations: READS,
  async answer({ action }, call) {
    return explain(action, await call.service.queries.permissions(call.run), call);
  },
});
