import type { AlterAction, CreatePolicy } from "../../../../dialect/index";
import type { MaskingPolicyDoc, RowAccessPolicyDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolvePlace } from "../../../names/resolve";
import type { WriteUnit } from "../../../store/writeUnit";
import { checkPolicy } from "../../../translate/checkFunction";
import { resolveType } from "../../../translate/index";
import { BOOLEAN, type DataType, sqlName } from "../../../types/dataType";
import { refuseAttached } from "../account/attachedPolicy";
import type { AlterOutcome } from "../alter/index";
import { Properties } from "../support/properties";
import { refuse } from "../support/refused";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { createInSchema } from "./place";

function argumentsOf(statement: CreatePolicy): { name: string; type: DataType }[] {
  return statement.parameters.map(({ name, type }) => {
    if (type.kind === "ReturnedTable") throw unsupportedFeature("TABLE argument of a policy");
    return { name: name.value, type: resolveType(type) };
  });
}

/** CREATE MASKING POLICY and CREATE ROW ACCESS POLICY; policies of other kinds are refused by name. */
export function createBodyPolicy(context: ExecutionContext, statement: CreatePolicy): Promise<StatementResult> {
  switch (statement.policyType) {
    case "MASKING":
      return createInSchema(context, statement, "MASKING_POLICY", () => ({
        title: "Masking policy",
        draft: () => checked(context, statement, "MASKING_POLICY", maskingPolicy(context, statement)),
      }));
    case "ROW ACCESS":
      return createInSchema(context, statement, "ROW_ACCESS_POLICY", () => ({
        title: "Row access policy",
        draft: () =>
          checked(context, statement, "ROW_ACCESS_POLICY", { ...drafted(context, statement), returns: BOOLEAN }),
      }));
    default:
      return refuse(context, statement);
  }
}

/** One that is in force is replaced by ALTER alone. Its body is compiled as that of a function is. */
function checked<D extends Pick<MaskingPolicyDoc, "arguments" | "returns" | "body">>(
  context: ExecutionContext,
  statement: CreatePolicy,
  kind: "MASKING_POLICY" | "ROW_ACCESS_POLICY",
  draft: D,
): D {
  const { schema, name } = resolvePlace(context, statement.name, `CREATE ${statement.policyType} POLICY`);
  const existing = context.catalogue.find(kind, schema.id, name);
  if (existing) refuseAttached(context, existing);
  checkPolicy(context, schema, draft);
  return draft;
}

function drafted(context: ExecutionContext, statement: CreatePolicy) {
  const properties = new Properties(context, statement.properties);
  const comment = properties.text("COMMENT") || undefined;
  properties.take("EXEMPT_OTHER_POLICIES");
  properties.finish();
  return {
    arguments: argumentsOf(statement),
    body: sourceText(context, statement.body),
    comment,
    tags: tagValues(context, statement.tags),
  };
}

/** What is masked keeps its type. */
function maskingPolicy(context: ExecutionContext, statement: CreatePolicy) {
  const draft = drafted(context, statement);
  const returns = statement.returns ? resolveType(statement.returns) : draft.arguments[0]?.type;
  const [masked] = draft.arguments;
  if (!masked || !returns || sqlName(masked.type) !== sqlName(returns)) {
    throw compilationError("003502", "42601", "Masking policy function argument and return type mismatch.");
  }
  const exempt = new Properties(context, statement.properties).boolean("EXEMPT_OTHER_POLICIES");
  return { ...draft, returns, ...(exempt === undefined ? {} : { exemptOtherPolicies: exempt }) };
}

/** `SET BODY -> expression`; comment, tags and name are common to all objects. */
export async function alterBodyPolicy(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: MaskingPolicyDoc | RowAccessPolicyDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  if (action.kind !== "SetBody") return undefined;
  const body = sourceText(context, action.body);
  const schema = context.catalogue.get("SCHEMA", doc.parentId);
  if (schema) checkPolicy(context, schema, { ...doc, body });
  return { doc: unit.catalogue.update<MaskingPolicyDoc | RowAccessPolicyDoc>(doc, { body }) };
}
