import type { CreateObject } from "../../../../dialect/index";
import type { DatabaseRoleDoc, RoleDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { printName } from "../../../names/print";
import { accountOf } from "../../../privileges/index";
import { createObject } from "../support/create";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { inDatabase } from "../support/target";

function commentOf(context: ExecutionContext, statement: CreateObject): string | undefined {
  const properties = new Properties(context, statement.properties);
  const comment = properties.text("COMMENT");
  properties.finish();
  return comment;
}

export async function createRole(context: ExecutionContext, statement: CreateObject): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const name = nameParts(context, statement.name).at(-1) as string;
      return createObject(context, unit, statement, {
        kind: "ROLE",
        name,
        container: accountOf(context.catalogue),
        privilege: "CREATE ROLE",
        title: "Role",
        existing: context.catalogue.find("ROLE", 0, name),
        draft: () => ({ comment: commentOf(context, statement), tags: tagValues(context, statement.tags) }),
        async alter(unit, doc) {
          unit.catalogue.update<RoleDoc>(doc, { comment: commentOf(context, statement) });
        },
      });
    },
    { ddl: true },
  );
}

/** A database role may use its database from the start. */
export async function createDatabaseRole(context: ExecutionContext, statement: CreateObject): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const { database, own } = inDatabase(context, statement.name, "CREATE DATABASE ROLE");
      return createObject(context, unit, statement, {
        kind: "DATABASE_ROLE",
        name: own,
        container: database,
        privilege: "CREATE DATABASE ROLE",
        title: "Role",
        printed: printName(database.name, own),
        existing: context.catalogue.find("DATABASE_ROLE", database.id, own),
        draft: () => ({ comment: commentOf(context, statement), tags: tagValues(context, statement.tags) }),
        async after(unit, doc) {
          unit.catalogue.create<"GRANT">({
            kind: "GRANT",
            name: "",
            privilege: "USAGE",
            objectId: database.id,
            granteeId: doc.id,
            grantOption: false,
            grantedById: null,
          });
        },
        async alter(unit, doc) {
          unit.catalogue.update<DatabaseRoleDoc>(doc, { comment: commentOf(context, statement) });
        },
      });
    },
    { ddl: true },
  );
}
