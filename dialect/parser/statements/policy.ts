import type { CreatePolicy, ObjectType, Parameter } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseDataType } from "../dataTypes";
import { acceptGovernance } from "../governance";
import { acceptComment, isProperty, parseProperty } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

const NEEDS_PARAMETERS: ReadonlySet<ObjectType> = new Set(["MASKING POLICY", "ROW ACCESS POLICY"]);

/**
 * Policies with a body: `AS (v VARCHAR) RETURNS VARCHAR -> expression`.
 * https://docs.snowflake.com/en/sql-reference/sql/create-masking-policy and its kin
 */
export function parseCreatePolicy(cursor: Cursor, head: CreateHead): CreatePolicy {
  const start = parseCreateStart(cursor, head);
  cursor.expect("AS");
  const parameters = cursor.parenthesizedList(
    () => parsePolicyParameter(cursor),
    !NEEDS_PARAMETERS.has(head.objectType),
  );
  cursor.expect("RETURNS");
  if (head.objectType === "ROW ACCESS POLICY" && !cursor.is("BOOLEAN")) throw cursor.unexpected(["BOOLEAN"]);
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

function parsePolicyParameter(cursor: Cursor): Parameter {
  const { start } = cursor;
  const name = cursor.identifier();
  const type = parseDataType(cursor);
  return { kind: "Parameter", name, type, span: cursor.span(start) };
}
