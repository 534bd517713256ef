import type { CreateDatabase, CreateSchema } from "../../../../dialect/index";
import type { DatabaseDoc, SchemaDoc } from "../../../catalogue/model";
import { unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { resolveDatabase } from "../../../names/resolve";
import { accountOf, requirePrivilege } from "../../../privileges/index";
import { creatorRole } from "../../../privileges/owner";
import type { WriteUnit } from "../../../store/writeUnit";
import { cloneContents } from "../support/clone";
import { createObject } from "../support/create";
import { enterCreated } from "../support/enterCreated";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { inDatabase } from "../support/target";

/** A clone keeps the parameters of its source. */
function commonDraft(
  context: ExecutionContext,
  kind: "DATABASE" | "SCHEMA",
  statement: CreateDatabase | CreateSchema,
  source?: DatabaseDoc | SchemaDoc,
) {
  // An empty part of a longer name stands for PUBLIC.
  if (nameParts(context, statement.name).at(-1) === "") throw unsupportedFeature(`${kind} with an empty name`);
  const properties = new Properties(context, statement.properties);
  const { set } = readParameters(kind, properties);
  const comment = properties.text("COMMENT");
  properties.finish(kind);
  return {
    transient: statement.transient,
    comment,
    parameters: mergeParameters(source?.parameters, { set }),
    tags: tagValues(context, statement.tags),
  };
}

/** CREATE DATABASE, with its PUBLIC schema; the database becomes the session's current one. */
export async function createDatabase(context: ExecutionContext, statement: CreateDatabase): Promise<StatementResult> {
  if (statement.origin) throw unsupportedFeature(`CREATE DATABASE ${statement.origin.type}`);
  return context.write(
    async (unit) => {
      const name = nameParts(context, statement.name).at(-1) as string;
      const existing = context.catalogue.database(name);
      const cloned = () =>
        statement.clone && resolveDatabase(context, nameParts(context, statement.clone.source).at(-1) as string);
      let made: DatabaseDoc | undefined;
      const result = await createObject(context, unit, statement, {
        kind: "DATABASE",
        name,
        container: accountOf(context.catalogue),
        privilege: "CREATE DATABASE",
        title: "Database",
        existing,
        draft: () => commonDraft(context, "DATABASE", statement, cloned()),
        async after(unit, doc) {
          made = doc;
          const source = cloned();
          if (statement.clone && source) {
            requirePrivilege(context, "USAGE", source);
            await cloneContents(context, unit, source, doc, statement.clone.timeTravel);
          } else {
            createPublicSchema(context, unit, doc);
          }
        },
        async alter(unit, doc) {
          reset(unit, doc, commonDraft(context, "DATABASE", statement));
        },
      });
      if (made) enterCreated(context, unit, made);
      return result;
    },
    { ddl: true },
  );
}

function createPublicSchema(context: ExecutionContext, unit: WriteUnit, database: DatabaseDoc): void {
  unit.catalogue.create<"SCHEMA">({
    kind: "SCHEMA",
    name: "PUBLIC",
    parentId: database.id,
    ownerId: database.ownerId ?? creatorRole(context),
    ...(database.transient ? { transient: true } : {}),
  });
}

/** CREATE OR ALTER makes the object what the statement says: what is not said goes back to its default. */
function reset(unit: WriteUnit, doc: DatabaseDoc | SchemaDoc, draft: ReturnType<typeof commonDraft>): void {
  unit.catalogue.update<DatabaseDoc | SchemaDoc>(doc, { comment: draft.comment, parameters: draft.parameters });
}

/** CREATE SCHEMA; the schema becomes the session's current one. */
export async function createSchema(context: ExecutionContext, statement: CreateSchema): Promise<StatementResult> {
  if (statement.origin) throw unsupportedFeature(`CREATE SCHEMA ${statement.origin.type}`);
  return context.write(
    async (unit) => {
      const { database, own } = inDatabase(context, statement.name, "CREATE SCHEMA");
      const cloned = () => {
        if (!statement.clone) return undefined;
        const { database: from, own: source } = inDatabase(context, statement.clone.source, "CREATE SCHEMA");
        return context.catalogue.schema(from.id, source);
      };
      let made: SchemaDoc | undefined;
      const result = await createObject(context, unit, statement, {
        kind: "SCHEMA",
        name: own,
        container: database,
        privilege: "CREATE SCHEMA",
        title: "Schema",
        existing: context.catalogue.schema(database.id, own),
        draft() {
          const draft = commonDraft(context, "SCHEMA", statement, cloned());
          return {
            ...draft,
            transient: draft.transient || database.transient === true,
            managedAccess: statement.managedAccess,
          };
        },
        async after(unit, doc) {
          made = doc;
          if (!statement.clone) return;
          const schema = cloned();
          if (!schema) throw unsupportedFeature("CLONE of a missing schema");
          requirePrivilege(context, "USAGE", schema);
          await cloneContents(context, unit, schema, doc, statement.clone.timeTravel);
        },
        async alter(unit, doc) {
          reset(unit, doc, commonDraft(context, "SCHEMA", statement));
          unit.catalogue.update<SchemaDoc>(doc, { managedAccess: statement.managedAccess });
        },
      });
      if (made) enterCreated(context, unit, made);
      return result;
    },
    { ddl: true },
  );
}
