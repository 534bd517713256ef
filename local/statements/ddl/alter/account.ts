import type { Alter, AlterAction } from "../../../../dialect/index";
import { admits } from "../../../auth/networkPolicy";
import type { AccountDoc } from "../../../catalogue/model";
import { compilationError, SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { type StatementResult, statusResult } from "../../../execution/result";
import { checkParameter } from "../../../parameters/check";
import { PARAMETERS, type ParameterValue } from "../../../parameters/definitions";
import { accountOf, hasGlobal, hasSystemRole, requireSystemRole } from "../../../privileges/index";
import { attachPolicy, policySaid } from "../account/attachedPolicy";
import { policyInForce } from "../account/networkPolicy";
import { mergeParameters } from "../support/parameters";
import { Properties } from "../support/properties";

/** ALTER ACCOUNT SET | UNSET parameters: account administrators; the network policy, security administrators too. */
export function alterAccountSettings(context: ExecutionContext, statement: Alter): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      if (!statement.actions.some(policySaid)) requireRight(context, statement.actions);
      for (const action of statement.actions) {
        const current = accountOf(unit.catalogue.snapshot);
        const said = policySaid(action);
        if (said) {
          attachPolicy(context, unit, current, said);
          continue;
        }
        if (action.kind === "SetProperties") {
          unit.catalogue.update<AccountDoc>(
            current,
            settings(context, current, new Properties(context, action.properties)),
          );
        } else if (action.kind === "UnsetProperties") {
          const names = action.names.map(known);
          unit.catalogue.update<AccountDoc>(current, {
            parameters: mergeParameters(current.parameters, { unset: names }),
            ...(names.includes("NETWORK_POLICY") ? { networkPolicyId: undefined } : {}),
          });
        } else {
          throw unsupportedFeature(`ALTER ACCOUNT … ${action.kind}`);
        }
      }
      return statusResult("Statement executed successfully.");
    },
    { ddl: true },
  );
}

function requireRight(context: ExecutionContext, actions: readonly AlterAction[]): void {
  const names = actions.flatMap((action) =>
    action.kind === "SetProperties"
      ? action.properties.map(({ name }) => name)
      : action.kind === "UnsetProperties"
        ? action.names
        : [""],
  );
  const ofPolicy = hasSystemRole(context, "SECURITYADMIN") || hasGlobal(context, "ATTACH POLICY");
  if (ofPolicy && names.every((name) => name === "NETWORK_POLICY")) return;
  requireSystemRole(context, "ACCOUNTADMIN", accountOf(context.catalogue));
}

function known(name: string): string {
  if (name === "RESOURCE_MONITOR") throw unsupportedFeature("RESOURCE_MONITOR of the account");
  if (!PARAMETERS.has(name)) throw compilationError("001423", "22023", `invalid property '${name}' for 'ACCOUNT'`);
  return name;
}

/** `= NULL` unsets, as UNSET does. */
function settings(context: ExecutionContext, account: AccountDoc, properties: Properties): Partial<AccountDoc> {
  const set: Record<string, ParameterValue> = {};
  const unset: string[] = [];
  const changes: Partial<AccountDoc> = {};
  for (const name of properties.names()) {
    if (known(name) === "NETWORK_POLICY") {
      const policy = properties.name(name)?.at(-1);
      changes.networkPolicyId = policy === undefined ? undefined : activated(context, policy);
      continue;
    }
    const value = properties.scalar(name);
    if (value === null || value === undefined) unset.push(name);
    else set[name] = checkParameter(name, value, "ACCOUNT");
  }
  return { ...changes, parameters: mergeParameters(account.parameters, { set, unset }) };
}

/** A policy that would shut out who activates it is refused. */
function activated(context: ExecutionContext, name: string): number {
  const id = policyInForce(context, name);
  const policy = context.catalogue.get("NETWORK_POLICY", id);
  const { address } = context.session.client;
  if (policy && address !== undefined && !admits(context.catalogue, policy, address)) {
    throw new SnowflakeError(
      "003566",
      "22023",
      `Network policy ${name} cannot be activated. Requestor IP address, ${address}, must be included in the allowed_ip_list. For more information on network policies refer to https://docs.snowflake.com/en/user-guide/network-policies.`,
    );
  }
  return id;
}
