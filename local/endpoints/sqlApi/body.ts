import type { Context } from "hono";
import { z } from "zod";
import { SnowflakeError, unsupportedFeature } from "../../errors";
import { checkParameter } from "../../parameters/check";
import type { ParameterValue } from "../../parameters/definitions";
import { readBody } from "../http";

/** STATEMENT_TIMEOUT_IN_SECONDS at most, which `timeout: 0` stands for. */
const LONGEST_TIMEOUT = 604_800;

const name = z.string().min(1).nullish();

const bodySchema = z.object({
  statement: z.string(),
  timeout: z.coerce.number().int().min(0).max(LONGEST_TIMEOUT).nullish(),
  database: name,
  schema: name,
  warehouse: name,
  role: name,
  bindings: z
    .record(z.string(), z.object({ type: z.string(), value: z.string().nullable(), fmt: z.string().optional() }))
    .nullish(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullish(),
});

/** The session parameters that a request may set. */
const PARAMETERS = new Set([
  "BINARY_OUTPUT_FORMAT",
  "CLIENT_RESULT_CHUNK_SIZE",
  "DATE_OUTPUT_FORMAT",
  "QUERY_TAG",
  "ROWS_PER_RESULTSET",
  "STATEMENT_TIMEOUT_IN_SECONDS",
  "TIME_OUTPUT_FORMAT",
  "TIMESTAMP_LTZ_OUTPUT_FORMAT",
  "TIMESTAMP_NTZ_OUTPUT_FORMAT",
  "TIMESTAMP_OUTPUT_FORMAT",
  "TIMESTAMP_TZ_OUTPUT_FORMAT",
  "TIMEZONE",
  "USE_CACHED_RESULT",
]);

export interface Submission {
  statement: string;
  names: { role?: string; warehouse?: string; database?: string; schema?: string };
  bindings?: z.infer<typeof bodySchema>["bindings"];
  /** Upper-case names, values checked. */
  parameters: Map<string, ParameterValue>;
  statementCount: ParameterValue | undefined;
}

const invalidPayload = () =>
  new SnowflakeError("390142", "08001", "Incoming request does not contain a valid payload.");

/**
 * The body of POST /api/v2/statements. Errors: 390142 not of that form, 000002 a parameter that the SQL API does not take,
 * 001008 a value that a parameter does not take.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/reference#types-of-objects-in-the-request-body
 */
export async function readSubmission(context: Context): Promise<Submission> {
  const given = await readBody<unknown>(context).catch(() => undefined);
  const { success, data } = bodySchema.safeParse(given);
  if (!success) throw invalidPayload();
  const { statement, bindings, timeout } = data;
  const parameters = new Map<string, ParameterValue>();
  let statementCount: ParameterValue | undefined;
  for (const [given, value] of Object.entries(data.parameters ?? {})) {
    const parameter = given.toUpperCase();
    if (parameter === "MULTI_STATEMENT_COUNT") statementCount = value;
    else if (PARAMETERS.has(parameter)) parameters.set(parameter, checkParameter(parameter, value, "SESSION"));
    else throw unsupportedFeature(`parameter ${parameter} in a request of the SQL API`);
  }
  if (timeout != null) parameters.set("STATEMENT_TIMEOUT_IN_SECONDS", timeout === 0 ? LONGEST_TIMEOUT : timeout);
  const names = { role: data.role, warehouse: data.warehouse, database: data.database, schema: data.schema };
  return {
    statement,
    names: Object.fromEntries(Object.entries(names).filter(([, value]) => value != null)),
    bindings,
    parameters,
    statementCount,
  };
}
