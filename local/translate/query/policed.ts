import { parseExpression } from "../../../dialect/index";
import { type BodyPolicyUse, policiesOf } from "../../bodyPolicies/references";
import { spellings } from "../../bodyPolicies/spellings";
import type { ColumnDoc, RelationDoc } from "../../catalogue/model";
import { SnowflakeError } from "../../errors";
import { truncatedTo } from "../../functions/rounding";
import { ownerRights } from "../../privileges/index";
import type { Binder } from "../binder";
import { type Bound, bound } from "../bound";
import { cast } from "../conversion/cast";

/**
 * A relation as its policies show it: without the rows that the row access policy hides, with what the masking policies give in place
 * of the columns. Both are evaluated over what is stored, with the rights of the policy's owner.
 * Sources: https://docs.snowflake.com/en/user-guide/security-row-intro, …/security-column-intro
 * @param from SQL of the relation @param nameOf the name of a column in it
 */
export function policed(
  binder: Binder,
  relation: RelationDoc,
  from: string,
  nameOf: (column: ColumnDoc) => string,
): string {
  const uses = policiesOf(binder.context.catalogue, relation);
  refuseLost(relation, uses);
  if (uses.length === 0) return from;
  binder.shared.capture?.refuse("a masking or row access policy");
  const own = binder.shared.fresh("p");
  let where = "";
  const masked: string[] = [];
  for (const use of uses) {
    const value = evaluated(binder, use, (column) => `${own}.${nameOf(column)}`);
    if (use.column) masked.push(`${value.sql} AS ${nameOf(use.column)}`);
    else where = ` WHERE ${value.sql}`;
  }
  const replace = masked.length > 0 ? ` REPLACE (${masked.join(", ")})` : "";
  return `(SELECT *${replace} FROM ${from} AS ${own}${where})`;
}

/** What cannot be evaluated protects all the same. */
function refuseLost(relation: RelationDoc, uses: readonly BodyPolicyUse[]): void {
  const attached = relation.columns.filter((c) => c.maskingPolicy).length + (relation.rowAccessPolicy ? 1 : 0);
  if (attached === uses.length) return;
  throw new SnowflakeError("003554", "02000", `A policy of '${relation.name}' does not exist any more.`);
}

/** The body of a policy with columns of the relation as its arguments; of the column's own type where it masks one. */
function evaluated(
  binder: Binder,
  { policy, relation, column, attached }: BodyPolicyUse,
  sqlOf: (c: ColumnDoc) => string,
) {
  const { context, shared } = binder;
  const placeOf = ({ parentId }: { parentId: number }) => ({
    databaseId: context.catalogue.get("SCHEMA", parentId)?.parentId ?? 0,
    schemaId: parentId,
  });
  const inner = binder.elsewhere(
    context.nested({
      rights: ownerRights(context, policy),
      isDefinition: true,
      policed: { invoker: context.rights, ...placeOf(relation), relationId: relation.id, column: column?.name },
      namespace: placeOf(policy),
      ownQueryId: false,
    }),
    policy.body,
  );
  inner.scope.isRoutine = true;
  policy.arguments.forEach((argument, i) => {
    const given = relation.columns.find((c) => c.id === attached.columns[i]) as ColumnDoc;
    // Of one family with the argument, whose size does not count.
    for (const name of spellings(argument.name, policy.arguments))
      inner.scope.lambdas.set(name, bound(sqlOf(given), given.type, given.nullable));
  });
  shared.viewDepth++;
  try {
    const given = inner.expression(parseExpression(policy.body));
    const value = given.type.kind === policy.returns.kind ? given : cast(given, policy.returns, binder.settings);
    return column ? fitting(binder, value, column) : value;
  } finally {
    shared.viewDepth--;
  }
}

/**
 * Digits behind the last one of the column are cut off, a value that is longer than the column is an error.
 * Source: https://docs.snowflake.com/en/release-notes/bcr-bundles/2024_04/bcr-1355
 */
function fitting(binder: Binder, value: Bound, { type }: ColumnDoc): Bound {
  const isLonger = value.type.kind === "NUMBER" && type.kind === "NUMBER" && value.type.scale > type.scale;
  return cast(isLonger ? truncatedTo(value, type.scale) : value, type, binder.settings);
}
