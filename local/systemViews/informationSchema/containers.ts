import { informationSchema } from "../../catalogue/catalogue";
import type { DatabaseDoc, SchemaDoc } from "../../catalogue/model";
import { objectParameter } from "../../parameters/effective";
import { compareText, databaseName, ownerName, ownerRoleType } from "../../statements/show/scope";
import { count, moment, none, type SystemColumn, systemViewOf, text } from "../define";
import { databaseOf, isShown, schemasOf } from "./scope";

const yesNo = (value: unknown): string => (value ? "YES" : "NO");

export const DATABASE_COLUMNS: SystemColumn<DatabaseDoc>[] = [
  text("DATABASE_NAME", (doc) => doc.name),
  text("DATABASE_OWNER", (doc, context) => ownerName(context, doc)),
  text("IS_TRANSIENT", (doc) => yesNo(doc.transient)),
  text("COMMENT", (doc) => doc.comment),
  moment("CREATED", (doc) => doc.createdOn),
  moment("LAST_ALTERED", (doc) => doc.lastDdlOn ?? doc.createdOn),
  count(
    "RETENTION_TIME",
    (doc, context) => objectParameter(context.catalogue, doc, "DATA_RETENTION_TIME_IN_DAYS").value,
  ),
  text("TYPE", (doc) => (doc.ownerId === null ? "APPLICATION" : "STANDARD")),
  text("OWNER_ROLE_TYPE", (doc, context) => ownerRoleType(context, doc)),
];

export const DATABASES = systemViewOf("DATABASES", DATABASE_COLUMNS, (context) =>
  context.catalogue
    .all("DATABASE")
    .filter((doc) => isShown(context, doc))
    .sort((a, b) => compareText(a.name, b.name)),
);

export const SCHEMA_COLUMNS: SystemColumn<SchemaDoc>[] = [
  text("CATALOG_NAME", (doc, context) => databaseName(context, doc)),
  text("SCHEMA_NAME", (doc) => doc.name),
  text("SCHEMA_OWNER", (doc, context) => ownerName(context, doc)),
  text("IS_TRANSIENT", (doc) => yesNo(doc.transient)),
  text("IS_MANAGED_ACCESS", (doc) => yesNo(doc.managedAccess)),
  count(
    "RETENTION_TIME",
    (doc, context) => objectParameter(context.catalogue, doc, "DATA_RETENTION_TIME_IN_DAYS").value,
  ),
  none("DEFAULT_CHARACTER_SET_CATALOG"),
  none("DEFAULT_CHARACTER_SET_SCHEMA"),
  none("DEFAULT_CHARACTER_SET_NAME"),
  none("SQL_PATH"),
  moment("CREATED", (doc) => doc.createdOn),
  moment("LAST_ALTERED", (doc) => doc.lastDdlOn ?? doc.createdOn),
  text("COMMENT", (doc) => doc.comment),
  text("OWNER_ROLE_TYPE", (doc, context) => ownerRoleType(context, doc)),
];

export const SCHEMATA = systemViewOf("SCHEMATA", SCHEMA_COLUMNS, (context, databaseId) => {
  const database = databaseOf(context, databaseId);
  const shown = schemasOf(context, databaseId).filter((doc) => isShown(context, doc));
  return [...shown, informationSchema(database.id, database.createdOn)].sort((a, b) => compareText(a.name, b.name));
});

export const CATALOG_NAME = systemViewOf<DatabaseDoc>(
  "INFORMATION_SCHEMA_CATALOG_NAME",
  [text("CATALOG_NAME", (doc) => doc.name)],
  (context, databaseId) => [databaseOf(context, databaseId)],
);
