import { z } from "zod";
import {
  ACTION_NAME,
  FIELD_NAMES,
  MATCHES,
  MEASURES,
  MOST,
  OPERATORS,
  RELATIONSHIP_NAMES,
  RELATIONSHIPS,
  WINDOWS,
} from "./grammar";

const fieldList = `${FIELD_NAMES.join(", ")}, or attributes.<key>`;

export const actionSchema = z
  .string()
  .max(200)
  .regex(ACTION_NAME, "must be an action name: noun.verb_past of a-z, 0-9, _ and dots")
  .describe("Name of an action as list-actions gives it, such as order.placed");

export const windowSchema = z
  .union([
    z.enum(WINDOWS),
    z.strictObject({
      from: z.string().describe("ISO 8601 with an offset, inclusive, such as 2026-03-01T00:00:00Z"),
      to: z.string().describe("ISO 8601 with an offset, exclusive"),
    }),
  ])
  .describe("Time of the events; last_7d when left out");

const scalar = z.union([z.string(), z.number(), z.boolean()]);

export const filterSchema = z.strictObject({
  field: z.string().describe(`One of ${fieldList}`),
  op: z.enum(OPERATORS),
  value: z
    .union([scalar, z.array(scalar).min(1).max(MOST.inList)])
    .optional()
    .describe(
      "A value to compare with; a list for in and not_in; two values for between; nothing for is_null and is_not_null",
    ),
});

export const measureSchema = z.union([
  z
    .string()
    .describe(
      "count, or a function of a field: count_distinct(actor_id), sum(revenue_impact), median(related.seconds), max(attributes.size)",
    ),
  z.strictObject({
    fn: z.enum(MEASURES),
    field: z.string().optional(),
    as: z.string().optional().describe("Name of the column"),
  }),
]);

export const orderSchema = z.union([
  z.string().describe("A column, -column or column desc"),
  z.strictObject({ field: z.string(), direction: z.enum(["asc", "desc"]).optional() }),
]);

export const relationSchema = z.strictObject({
  relationship: z.enum(RELATIONSHIP_NAMES).describe(
    Object.entries(RELATIONSHIPS)
      .map(([name, words]) => `${name}: ${words}`)
      .join("; "),
  ),
  action: actionSchema,
  match: z
    .enum(MATCHES)
    .optional()
    .describe("What both share: the person (when left out), or the object they were done to"),
  as: z.string().optional().describe("Name the appended fields get, of a-z, 0-9 and _"),
});

/** A query plan as it is shown to clients. `checkPlan` explains what is wrong with one. */
export const planSchema = z
  .strictObject({
    actions: z.array(actionSchema).min(1).max(MOST.actions).describe("Events of these actions are read"),
    window: windowSchema.optional(),
    filters: z.array(filterSchema).max(MOST.filters).optional().describe("All must hold"),
    group_by: z
      .array(z.string())
      .max(MOST.group_by)
      .optional()
      .describe(
        `Fields to group by: ${fieldList}, or <relation>.<field>. With group_by or measures the answer has one row per group`,
      ),
    measures: z
      .array(measureSchema)
      .max(MOST.measures)
      .optional()
      .describe("What to compute per group; count when left out"),
    order_by: z
      .array(orderSchema)
      .max(MOST.order_by)
      .optional()
      .describe("Columns of the answer; newest first when left out and nothing is grouped"),
    limit: z.int().min(1).max(MOST.limit).optional().describe("The most rows of the answer"),
    relate: z
      .array(relationSchema)
      .max(MOST.relate)
      .optional()
      .describe("Other actions of the same person, appended to each event"),
  })
  .describe("A query plan: what to read and how to sum it up. Never SQL");

export type Plan = z.output<typeof planSchema>;
