import type { ObjectDoc, ObjectKind, RoleDoc, RoleGrantDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { activeRoles, rolesOfUser } from "../../privileges/index";
import { type GrantRow, grantsOnObject } from "../../statements/show/grants/rows";
import { compareText, databaseName, schemaName } from "../../statements/show/scope";
import { moment, type SystemColumn, systemViewOf, text } from "../define";
import { databaseOf, isShown, objectsOf, schemasOf } from "./scope";

const yesNo = (value: unknown): string => (value ? "YES" : "NO");

const KINDS: ObjectKind[] = [
  "TABLE",
  "DYNAMIC_TABLE",
  "VIEW",
  "MATERIALIZED_VIEW",
  "PROCEDURE",
  "FUNCTION",
  "STAGE",
  "FILE_FORMAT",
  "SEQUENCE",
  "STREAM",
  "TASK",
  "ALERT",
  "TAG",
];

const objectSchema = (object: ObjectDoc, context: ExecutionContext): string | null =>
  object.kind === "SCHEMA" ? object.name : schemaName(context, object) || null;

const columns = (prefix: "OBJECT" | "TABLE"): SystemColumn<GrantRow>[] => [
  text("GRANTOR", (row) => row.grantedBy?.name),
  text("GRANTEE", (row) => row.grantee.name),
  text("GRANTED_TO", (row) => row.grantee.kind),
  text(`${prefix}_CATALOG`, (row, context) =>
    row.object.kind === "DATABASE" ? row.object.name : databaseName(context, row.object),
  ),
  text(`${prefix}_SCHEMA`, (row, context) => objectSchema(row.object, context)),
  text(`${prefix}_NAME`, (row) => row.object.name),
  ...(prefix === "OBJECT" ? [text<GrantRow>("OBJECT_TYPE", (row) => row.object.kind.replaceAll("_", " "))] : []),
  text("PRIVILEGE_TYPE", (row) => row.privilege),
  text("IS_GRANTABLE", (row) => yesNo(row.grantOption)),
  ...(prefix === "TABLE" ? [text<GrantRow>("WITH_HIERARCHY", () => "YES")] : []),
  moment("CREATED", (row) => row.createdOn),
];

/** Grants that concern the roles in effect: as grantee, as grantor or as owner of the object. */
function grants(context: ExecutionContext, objects: readonly ObjectDoc[]): GrantRow[] {
  const roles = activeRoles(context);
  return objects.flatMap((object) =>
    grantsOnObject(context, object).filter(
      (row) => roles.has(row.grantee.id) || (row.grantedBy && roles.has(row.grantedBy.id)),
    ),
  );
}

export const OBJECT_PRIVILEGES = systemViewOf("OBJECT_PRIVILEGES", columns("OBJECT"), (context, databaseId) => {
  const database = databaseOf(context, databaseId);
  const schemas = schemasOf(context, databaseId).filter((schema) => isShown(context, schema));
  return grants(context, [
    database,
    ...schemas,
    ...KINDS.flatMap((kind) => objectsOf(context, databaseId, kind) as ObjectDoc[]),
  ]);
});

export const TABLE_PRIVILEGES = systemViewOf("TABLE_PRIVILEGES", columns("TABLE"), (context, databaseId) =>
  grants(context, [
    ...objectsOf(context, databaseId, "TABLE"),
    ...objectsOf(context, databaseId, "DYNAMIC_TABLE"),
    ...objectsOf(context, databaseId, "VIEW"),
    ...objectsOf(context, databaseId, "MATERIALIZED_VIEW"),
  ]),
);

export const USAGE_PRIVILEGES = systemViewOf("USAGE_PRIVILEGES", columns("OBJECT"), (context, databaseId) =>
  grants(context, [
    ...objectsOf(context, databaseId, "STAGE"),
    ...objectsOf(context, databaseId, "FILE_FORMAT"),
    ...objectsOf(context, databaseId, "SEQUENCE"),
  ]).filter((row) => row.privilege === "USAGE"),
);

const roleName = (id: number, context: ExecutionContext): string => context.catalogue.byId(id)?.name ?? "";

/** Roles that the user may take, each with the role or user it comes through. */
export const APPLICABLE_ROLES = systemViewOf<RoleGrantDoc>(
  "APPLICABLE_ROLES",
  [
    text("GRANTEE", (grant, context) => roleName(grant.granteeId, context)),
    text("ROLE_NAME", (grant, context) => roleName(grant.roleId, context)),
    text("ROLE_OWNER", (grant, context) => {
      const role = context.catalogue.byId(grant.roleId);
      return role && "ownerId" in role && role.ownerId !== null ? roleName(role.ownerId, context) : null;
    }),
    text("IS_GRANTABLE", () => "NO"),
  ],
  (context) => {
    const mine = rolesOfUser(context, context.rights.userId);
    return context.catalogue
      .all("ROLE_GRANT")
      .filter(
        (grant) => mine.has(grant.roleId) && (mine.has(grant.granteeId) || grant.granteeId === context.rights.userId),
      );
  },
);

/** Roles in effect. */
export const ENABLED_ROLES = systemViewOf<RoleDoc>(
  "ENABLED_ROLES",
  [
    text("ROLE_NAME", (role) => role.name),
    text("ROLE_OWNER", (role, context) => (role.ownerId === null ? null : roleName(role.ownerId, context))),
  ],
  (context) => {
    const roles = activeRoles(context);
    return context.catalogue
      .all("ROLE")
      .filter((role) => roles.has(role.id))
      .sort((a, b) => compareText(a.name, b.name));
  },
);
