import type { Identifier, PolicyClause } from "../../dialect/index";
import type { AttachedPolicy, ColumnDoc, MaskingPolicyDoc, RelationDoc, RowAccessPolicyDoc } from "../catalogue/model";
import { compilationError, invalidIdentifier, SnowflakeError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { printName, resolveSchemaObject } from "../names/resolve";
import { denied } from "../privileges/check";
import { has, hasGlobal } from "../privileges/index";
import { newBinder } from "../translate/index";
import { type DataType, sqlName } from "../types/dataType";
import type { BodyPolicyDoc } from "./references";

const ROW_ACCESS = "ROW ACCESS";

/** Refusals that stand in one line, unlike others of the compiler. */
const inOneLine = (code: string, text: string) => new SnowflakeError(code, "42601", `SQL compilation error: ${text}`);

/** The right to attach a policy or to take it away: APPLY on the policy itself, or on all of its kind. */
export function mayApply(context: ExecutionContext, policy: BodyPolicyDoc): boolean {
  return hasGlobal(context, `APPLY ${policy.kind.replaceAll("_", " ")}`) || has(context, "APPLY", policy);
}

/** Throws 003001 where the role has no such right. */
export function requireApply(context: ExecutionContext, policy: BodyPolicyDoc): void {
  if (!mayApply(context, policy)) throw denied(context, policy, "APPLY");
}

function applicable<K extends BodyPolicyDoc["kind"]>(context: ExecutionContext, kind: K, { policy }: PolicyClause) {
  const doc = resolveSchemaObject(context, kind, policy, "SET POLICY");
  requireApply(context, doc);
  return doc;
}

/** Sizes do not count, families do. */
const isSameFamily = (one: DataType, other: DataType): boolean => one.kind === other.kind;

const INTERNAL_NAMES: Partial<Record<DataType["kind"], string>> = { VARCHAR: "TEXT", NUMBER: "FIXED", FLOAT: "REAL" };

function refuseCount(policy: BodyPolicyDoc, relationName: string, got: number): void {
  const expected = policy.arguments.length;
  if (expected === got) return;
  throw compilationError(
    "001003",
    "42601",
    `Invalid number of arguments for attaching policy '${policy.name}' to '${relationName}', expected ${expected} arguments, got ${got} arguments.`,
  );
}

/** How the columns are called that a clause names and that are not there: at their place in ALTER, without one in CREATE. */
export type Missing = (column: Identifier) => Error;

export const missingAtItsPlace =
  (context: ExecutionContext): Missing =>
  ({ value, span }) =>
    invalidIdentifier(printName(value), newBinder(context).position(span));

const missingInCreate: Missing = ({ value }) =>
  compilationError("000904", "42000", `column '${printName(value)}' does not exist`);

const named = (columns: readonly ColumnDoc[], written: readonly Identifier[], missing: Missing): ColumnDoc[] =>
  written.map((name) => {
    const column = columns.find((c) => c.name === name.value);
    if (!column) throw missing(name);
    return column;
  });

/**
 * What `MASKING POLICY p [USING (column, …)]` makes of a column. Errors: 002003 no such policy, 003001 no right to apply it.
 * Source: https://docs.snowflake.com/en/user-guide/security-column-intro
 */
export function maskingOf(
  context: ExecutionContext,
  clause: PolicyClause,
  relation: Pick<RelationDoc, "name" | "columns">,
  column: ColumnDoc,
  missing: Missing,
): AttachedPolicy {
  if (clause.policyType !== "MASKING") throw unsupportedFeature(`${clause.policyType} POLICY`);
  const policy = applicable(context, "MASKING_POLICY", clause);
  const columns = clause.columns.length > 0 ? named(relation.columns, clause.columns, missing) : [column];
  refuseOtherType(policy, column);
  refuseCount(policy, relation.name, columns.length);
  if (columns[0]?.id !== column.id)
    throw unsupportedFeature(`MASKING POLICY … USING whose first column is not ${column.name}`);
  for (const [i, further] of columns.entries()) {
    const argument = policy.arguments[i];
    if (i === 0 || !argument) continue;
    refuseMasked(context, further);
    if (!isSameFamily(argument.type, further.type)) throw otherType(further, "masking policy", argument.type);
  }
  return { policyId: policy.id, columns: columns.map((c) => c.id) };
}

function refuseOtherType(policy: MaskingPolicyDoc, column: ColumnDoc): void {
  const wanted = policy.arguments[0]?.type;
  if (!wanted || isSameFamily(wanted, column.type)) return;
  throw inOneLine(
    "003502",
    `COLUMN data type ${sqlName(column.type)} does not match with masking policy data type ${INTERNAL_NAMES[wanted.kind] ?? wanted.kind}.`,
  );
}

/** A policy may read what another one masks if that one allows it. */
function refuseMasked({ catalogue }: ExecutionContext, column: ColumnDoc): void {
  const other = column.maskingPolicy && catalogue.get("MASKING_POLICY", column.maskingPolicy.policyId);
  if (!other || other.exemptOtherPolicies) return;
  throw inOneLine(
    "003502",
    `Column '${column.name}' cannot be used as policy argument because it is masked by another policy.`,
  );
}

const otherType = (column: ColumnDoc, kind: string, wanted: DataType) =>
  inOneLine(
    "003502",
    `Column '${column.name}' data type '${sqlName(column.type)}' does not match with ${kind} data type '${argumentType(wanted)}'.`,
  );

/** A text without a length has the longest one there. */
const argumentType = (type: DataType): string =>
  type.kind === "VARCHAR" && type.length === 16_777_216 ? "VARCHAR(134217728)" : sqlName(type);

/**
 * What `ROW ACCESS POLICY p ON (column, …)` makes of a relation that has none.
 * Source: https://docs.snowflake.com/en/user-guide/security-row-intro
 */
export function rowAccessOf(
  context: ExecutionContext,
  clause: PolicyClause,
  relation: Pick<RelationDoc, "name" | "columns" | "rowAccessPolicy">,
  missing: Missing,
): AttachedPolicy {
  if (clause.policyType !== ROW_ACCESS) throw unsupportedFeature(`${clause.policyType} POLICY`);
  const policy = applicable(context, "ROW_ACCESS_POLICY", clause);
  const columns = named(relation.columns, clause.columns, missing);
  refuseCount(policy, relation.name, columns.length);
  if (relation.rowAccessPolicy) {
    throw compilationError(
      "003550",
      "23001",
      `Object ${relation.name} already has a ROW_ACCESS_POLICY. Only one ROW_ACCESS_POLICY is allowed at a time.`,
    );
  }
  columns.forEach((column, i) => {
    refuseMasked(context, column);
    const wanted = (policy.arguments[i] as RowAccessPolicyDoc["arguments"][number]).type;
    if (!isSameFamily(wanted, column.type)) throw otherType(column, "Row access policy", wanted);
  });
  return { policyId: policy.id, columns: columns.map((c) => c.id) };
}

/** The row access policy that a CREATE gives; nothing where it names none. Policies of other kinds are refused by name. */
export function rowAccessOfCreate(
  context: ExecutionContext,
  clauses: readonly PolicyClause[],
  relation: Pick<RelationDoc, "name" | "columns">,
): { rowAccessPolicy?: AttachedPolicy } {
  const [clause, second] = clauses;
  if (!clause) return {};
  if (second) throw unsupportedFeature(`${second.policyType} POLICY`);
  return { rowAccessPolicy: rowAccessOf(context, clause, relation, missingInCreate) };
}

/** The columns with the masking policies that their definitions name; `beside`: those that the relation has already. */
export function maskedColumns(
  context: ExecutionContext,
  name: string,
  columns: ColumnDoc[],
  definitions: readonly { policies: PolicyClause[] }[],
  beside: readonly ColumnDoc[] = [],
): ColumnDoc[] {
  const relation = { name, columns: [...beside, ...columns] };
  return columns.map((column, i) => {
    const [clause, second] = definitions[i]?.policies ?? [];
    if (!clause) return column;
    if (second) throw unsupportedFeature(`${second.policyType} POLICY`);
    return { ...column, maskingPolicy: maskingOf(context, clause, relation, column, missingInCreate) };
  });
}
