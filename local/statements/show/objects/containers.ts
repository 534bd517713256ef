import { informationSchema } from "../../../catalogue/catalogue";
import type { DatabaseDoc, DatabaseRoleDoc, ObjectDoc, SchemaDoc } from "../../../catalogue/model";
import { doesNotExistOrNotAuthorized, objectCannotBeOperated } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { printName } from "../../../names/print";
import { objectParameter } from "../../../parameters/effective";
import { activeRoles, isVisible } from "../../../privileges/index";
import { compareText, currentDatabase, isListed, scopeDatabase } from "../scope";
import { count, type ShowTable, text } from "../table";
import { comment, createdOn, droppedOn, name, owner, ownerType, TERSE, yesNo } from "./common";

const retention = text<ObjectDoc>("retention_time", (doc, context) =>
  String(objectParameter(context.catalogue, doc, "DATA_RETENTION_TIME_IN_DAYS").value),
);

export const DATABASES: ShowTable<DatabaseDoc> = {
  columns: [
    createdOn,
    name,
    text("is_default", () => "N"),
    text("is_current", (doc, context) => yesNo(context.namespace.databaseId === doc.id)),
    text("origin", (doc) => (doc.ownerId === null ? "SNOWFLAKE.ACCOUNT_USAGE" : "")),
    owner,
    comment,
    text("options", (doc) => (doc.transient ? "TRANSIENT" : "")),
    retention,
    text("kind", (doc) => (doc.ownerId === null ? "APPLICATION" : "STANDARD")),
    ownerType,
    text("object_visibility", () => null),
    text("data_quality_monitoring_settings", () => null),
    text("resharing_settings", () => null),
  ],
  history: [droppedOn],
  terse: TERSE,
  items(context, statement) {
    const dropped = statement.history ? context.catalogue.dropped("DATABASE") : [];
    return [...context.catalogue.all("DATABASE"), ...dropped]
      .filter((doc) => isListed(context, doc))
      .sort((a, b) => compareText(a.name, b.name));
  },
  name: (doc) => doc.name,
};

const options = ({ transient, managedAccess }: SchemaDoc): string =>
  [...(transient ? ["TRANSIENT"] : []), ...(managedAccess ? ["MANAGED ACCESS"] : [])].join(", ");

export const SCHEMAS: ShowTable<SchemaDoc> = {
  columns: [
    createdOn,
    name,
    text("is_default", () => "N"),
    text("is_current", (doc, context) => yesNo(context.namespace.schemaId === doc.id)),
    text("database_name", (doc, context) => context.catalogue.get("DATABASE", doc.parentId)?.name),
    owner,
    comment,
    text("options", options),
    retention,
    ownerType,
    text("classification_profile_database", () => null),
    text("classification_profile_schema", () => null),
    text("classification_profile", () => null),
    text("object_visibility", () => null),
    text("is_nested", () => false),
  ],
  history: [droppedOn],
  terse: TERSE,
  items(context, statement) {
    const databases = databasesInScope(context, statement);
    const found: SchemaDoc[] = [];
    for (const { id, createdOn } of databases) {
      const own = context.catalogue.children("SCHEMA", id).filter((doc) => isVisible(context, doc));
      const dropped = statement.history ? context.catalogue.dropped("SCHEMA").filter((s) => s.parentId === id) : [];
      found.push(
        ...[...own, ...dropped.filter((doc) => isVisible(context, doc)), informationSchema(id, createdOn)].sort(
          (a, b) => compareText(a.name, b.name),
        ),
      );
    }
    return found;
  },
  name: (doc) => doc.name,
};

function databasesInScope(context: ExecutionContext, statement: Parameters<typeof SCHEMAS.items>[1]): DatabaseDoc[] {
  const scope = statement.in;
  const all = () =>
    context.catalogue
      .all("DATABASE")
      .filter((doc) => isVisible(context, doc))
      .sort((a, b) => compareText(a.name, b.name));
  if (scope?.type === "ACCOUNT") return all();
  if (scope?.name) return [scopeDatabase(context, nameParts(context, scope.name).at(-1) as string)];
  const current = currentDatabase(context);
  if (scope && !current) throw objectCannotBeOperated();
  return current ? [current] : all();
}

export const DATABASE_ROLES: ShowTable<DatabaseRoleDoc> = {
  columns: [
    createdOn,
    name,
    text("is_default", () => "N"),
    text("is_current", () => "N"),
    text("is_inherited", (doc, context) => yesNo(activeRoles(context).has(doc.id))),
    count("granted_to_roles", (doc, context) => grantedTo(context, doc, "ROLE")),
    count("granted_to_database_roles", (doc, context) => grantedTo(context, doc, "DATABASE_ROLE")),
    count(
      "granted_database_roles",
      (doc, context) => context.catalogue.all("ROLE_GRANT").filter((g) => g.granteeId === doc.id).length,
    ),
    owner,
    comment,
    ownerType,
  ],
  items(context, statement) {
    const { in: scope } = statement;
    const given = scope?.name && (nameParts(context, scope.name).at(-1) as string);
    const home = given === undefined ? currentDatabase(context) : context.catalogue.database(given);
    if (!home || !isVisible(context, home)) {
      throw given === undefined ? objectCannotBeOperated() : doesNotExistOrNotAuthorized("Database", printName(given));
    }
    return context.catalogue.children("DATABASE_ROLE", home.id).sort((a, b) => compareText(a.name, b.name));
  },
  name: (doc) => doc.name,
};

const grantedTo = (context: ExecutionContext, role: DatabaseRoleDoc, kind: string): number =>
  context.catalogue
    .all("ROLE_GRANT")
    .filter((g) => g.roleId === role.id && context.catalogue.byId(g.granteeId)?.kind === kind).length;
