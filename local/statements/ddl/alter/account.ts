import type { Alter } from "../../../../dialect/index";
import type { AccountDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { type StatementResult, statusResult } from "../../../execution/result";
import { PARAMETERS } from "../../../parameters/definitions";
import { accountOf, requireSystemRole } from "../../../privileges/index";
import { mergeParameters } from "../support/parameters";
import { Properties } from "../support/properties";

/** ALTER ACCOUNT SET | UNSET parameters: account administrators only. */
export function alterAccountSettings(context: ExecutionContext, statement: Alter): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const account = accountOf(context.catalogue);
      requireSystemRole(context, "ACCOUNTADMIN", account);
      for (const action of statement.actions) {
        const current = accountOf(unit.catalogue.snapshot);
        const known = (name: string): string => {
          if (!PARAMETERS.has(name))
            throw compilationError("001423", "22023", `invalid property '${name}' for 'ACCOUNT'`);
          return name;
        };
        if (action.kind === "SetProperties") {
          const properties = new Properties(context, action.properties);
          const set: Record<string, string | number | boolean> = {};
          for (const name of properties.names()) {
            const value = properties.scalar(known(name));
            if (value !== null && value !== undefined) set[name] = value;
          }
          unit.catalogue.update<AccountDoc>(current, { parameters: mergeParameters(current.parameters, { set }) });
        } else if (action.kind === "UnsetProperties") {
          const parameters = mergeParameters(current.parameters, { unset: action.names.map(known) });
          unit.catalogue.update<AccountDoc>(current, { parameters });
        } else {
          throw unsupportedFeature(`ALTER ACCOUNT … ${action.kind}`);
        }
      }
      return statusResult("Statement executed successfully.");
    },
    { ddl: true },
  );
}
