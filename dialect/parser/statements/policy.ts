import type { CreatePolicy, ObjectType, Parameter } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";
import { acceptGovernance } from "../governance";
import { acceptComment, isProperty, parseProperty } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

const NEEDS_PARAMETERS: ReadonlySet<ObjectType> = new Set(["MASKING POLICY", "ROW ACCESS POLICY"]);

const HAS_NONE: ReadonlySet<ObjectType> = new Set([
  "AGGREGATION POLICY",
  "JOIN POLICY",
  "PRIVACY POLICY",
  "PROJECTION POLICY",
]);

/** What a policy of each kind answers with, where that is no choice. */
const RETURNS: Record<ObjectType, string> = {
  "AGGREGATION POLICY": "AGGREGATION_CONSTRAINT",
  "JOIN POLICY": "JOIN_CONSTRAINT",
  "PRIVACY POLICY": "PRIVACY_BUDGET",
  "PROJECTION POLICY": "PROJECTION_CONSTRAINT",
  "ROW ACCESS POLICY": "BOOLEAN",
  "STORAGE LIFECYCLE POLICY": "BOOLEAN",
};

/**
 * Policies with a body: `AS (v VARCHAR) RETURNS VARCHAR -> expression`.
 * https://docs.snowflake.com/en/sql-reference/sql/create-masking-policy and its kin
 */
export function parseCreatePolicy(cursor: Cursor, head: CreateHead): CreatePolicy {
  const start = parseCreateStart(cursor, head);
  cursor.expect("AS");
  const parameters = parsePolicyParameters(cursor, head.objectType);
  cursor.expect("RETURNS");
  const needed = RETURNS[head.objectType];
  if (needed !== undefined && !cursor.is(needed)) throw cursor.unexpected([needed]);
  const returns = parsePolicyReturn(cursor);
  cursor.expect("->");
  const policy: CreatePolicy = {
    kind: "CreatePolicy",
    ...start,
    policyType: head.objectType.slice(0, -" POLICY".length),
    parameters,
    ...(returns && { returns }),
    body: cursor.expression(),
    tags: [],
    properties: [],
    span: { start: head.start, end: head.start },
  };
  for (;;) {
    const property = acceptComment(cursor) ?? (isProperty(cursor) ? parseProperty(cursor) : undefined);
    if (property !== undefined) policy.properties.push(property);
    else if (!acceptGovernance(cursor, policy)) break;
  }
  policy.span = cursor.span(head.start);
  return policy;
}

/** AGGREGATION_CONSTRAINT, PROJECTION_CONSTRAINT and their kin are no data types. */
function parsePolicyReturn(cursor: Cursor): CreatePolicy["returns"] {
  const { token, start } = cursor;
  if (!token.keyword.endsWith("_CONSTRAINT") && token.keyword !== "PRIVACY_BUDGET") return parseDataType(cursor);
  cursor.next();
  return { kind: "DataType", name: token.keyword, parameters: [], span: cursor.span(start) };
}

function parsePolicyParameters(cursor: Cursor, objectType: ObjectType): Parameter[] {
  if (HAS_NONE.has(objectType)) {
    cursor.expectSequence("(", ")");
    return [];
  }
  return cursor.parenthesizedList(() => parsePolicyParameter(cursor), !NEEDS_PARAMETERS.has(objectType));
}

function parsePolicyParameter(cursor: Cursor): Parameter {
  const { start } = cursor;
  const name = cursor.identifier();
  const type = parseDataType(cursor);
  return { kind: "Parameter", name, type, span: cursor.span(start) };
}
