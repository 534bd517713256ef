import type { AlterAction, CreatePolicy } from "../../../../dialect/index";
import type { MaskingPolicyDoc, RowAccessPolicyDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import type { WriteUnit } from "../../../store/writeUnit";
import { resolveType } from "../../../translate/index";
import { BOOLEAN, type DataType, sqlName } from "../../../types/dataType";
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
        draft: () => maskingPolicy(context, statement),
      }));
    case "ROW ACCESS":
      return createInSchema(context, statement, "ROW_ACCESS_POLICY", () => ({
        title: "Row access policy",
        draft: () => ({ ...drafted(context, statement), returns: BOOLEAN }),
      }));
    default:
      return refuse(context, statement);
  }
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
  return { doc: unit.catalogue.update<MaskingPolicyDoc | RowAccessPolicyDoc>(doc, { body }) };
}
