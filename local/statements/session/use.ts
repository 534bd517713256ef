import { objectCannotBeOperated, SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { statusResult } from "../../execution/result";
import { STATEMENT_TYPE } from "../../execution/statementType";
import { nameParts } from "../../names/parts";
import { printName } from "../../names/resolve";
import { isVisible, rolesOfUser } from "../../privileges/index";
import type { StatementHandler, StatementOf } from "../handler";
import { refuseInOwnerRights } from "./ownerRights";

/** USE ROLE | WAREHOUSE | DATABASE | SCHEMA; a bare `USE x` is a database, `USE x.y` a schema. */
export const use: StatementHandler<StatementOf<"Use">> = {
  async run(context, statement) {
    refuseInOwnerRights(context, "USE");
    const parts = nameParts(context, statement.name);
    const type = statement.type ?? (parts.length > 1 ? "SCHEMA" : "DATABASE");
    switch (type) {
      case "ROLE":
        takeRole(context, parts.at(-1) as string);
        break;
      case "WAREHOUSE":
        takeWarehouse(context, parts.at(-1) as string);
        break;
      case "DATABASE":
        takeDatabase(context, parts.at(-1) as string);
        break;
      case "SCHEMA":
        takeSchema(context, parts);
        break;
      default:
        throw objectCannotBeOperated();
    }
    return { ...statusResult("Statement executed successfully."), statementTypeId: STATEMENT_TYPE.USE };
  },
};

function takeRole(context: ExecutionContext, name: string): void {
  const role = context.catalogue.find("ROLE", 0, name);
  if (!role) throw objectCannotBeOperated();
  const { userId, accessToken } = context.session;
  const mayHave = accessToken?.roleId === undefined || accessToken.roleId === role.id;
  if (!mayHave || !rolesOfUser(context, userId).has(role.id)) {
    throw new SnowflakeError(
      "003013",
      "42501",
      `SQL access control error:\nRequested role '${printName(name)}' is not assigned to the executing user.  Specify another role to activate.`,
    );
  }
  context.session.roleId = role.id;
}

function takeWarehouse(context: ExecutionContext, name: string): void {
  const warehouse = context.catalogue.find("WAREHOUSE", 0, name);
  if (!warehouse || !isVisible(context, warehouse)) throw objectCannotBeOperated();
  context.session.warehouseId = warehouse.id;
}

function takeDatabase(context: ExecutionContext, name: string): void {
  const database = context.catalogue.database(name);
  if (!database || !isVisible(context, database)) throw objectCannotBeOperated();
  const schema = context.catalogue.schema(database.id, "PUBLIC");
  context.session.databaseId = database.id;
  context.session.schemaId = schema && isVisible(context, schema) ? schema.id : null;
}

function takeSchema(context: ExecutionContext, parts: readonly string[]): void {
  const { catalogue, session } = context;
  const database =
    parts.length > 1
      ? catalogue.database(parts[0] as string)
      : session.databaseId === null
        ? undefined
        : catalogue.get("DATABASE", session.databaseId);
  const schema =
    database && database.droppedOn === undefined ? catalogue.schema(database.id, parts.at(-1) as string) : undefined;
  if (!database || !schema || !isVisible(context, schema)) throw objectCannotBeOperated();
  session.databaseId = database.id;
  session.schemaId = schema.id;
}
