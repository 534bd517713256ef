import type { PropertyValue } from "../../../dialect/index";
import { compilationError, invalidValue } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { statusResult } from "../../execution/result";
import { commitTransaction } from "../../execution/transactions";
import { checkParameter } from "../../parameters/check";
import type { ParameterValue } from "../../parameters/definitions";
import { PARAMETERS } from "../../parameters/definitions";
import { evaluate } from "../../translate/index";
import type { StatementHandler, StatementOf } from "../handler";
import { refuseInOwnerRights } from "./ownerRights";

/** ALTER SESSION SET p = v …; ALTER SESSION UNSET p, … All values are checked before any is set. */
export const alterSession: StatementHandler<StatementOf<"AlterSession">> = {
  async run(context, statement) {
    refuseInOwnerRights(context, "ALTER_SESSION");
    const changes: [string, ParameterValue][] = [];
    for (const { name, value } of statement.set ?? []) {
      if (value === undefined) throw invalidValue("", name);
      changes.push([name, checkParameter(name, await valueOfProperty(context, name, value), "SESSION")]);
    }
    for (const name of statement.unset ?? []) {
      if (!PARAMETERS.get(name)?.levels.includes("SESSION")) {
        throw compilationError("001006", "42601", `invalid parameter '${name}'`);
      }
    }
    // Touching AUTOCOMMIT commits, whatever its value was.
    if ([...changes.map(([name]) => name), ...(statement.unset ?? [])].includes("AUTOCOMMIT")) {
      await commitTransaction(context);
    }
    for (const [name, value] of changes) context.session.parameters.set(name, value);
    for (const name of statement.unset ?? []) context.session.parameters.delete(name);
    return statusResult("Statement executed successfully.");
  },
};

async function valueOfProperty(context: ExecutionContext, name: string, value: PropertyValue): Promise<ParameterValue> {
  switch (value.kind) {
    case "Keyword":
      return value.value;
    case "ObjectName":
      return value.parts.map((part) => part.text).join(".");
    case "PropertyList":
    case "PropertyMap":
    case "PropertyArguments":
    case "StageReference":
    case "IdentifierFunction":
      throw invalidValue(value.kind, name);
    case "ColumnReference":
      return value.parts.map((part) => part.text).join(".");
    case "StringLiteral":
    case "BooleanLiteral":
      return value.value;
    case "NumberLiteral":
      return Number(value.text);
    default: {
      const evaluated = (await evaluate(context, value)).value;
      return typeof evaluated === "boolean" ? evaluated : String(evaluated);
    }
  }
}
