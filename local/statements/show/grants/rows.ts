import type { CatalogueSnapshot } from "../../../catalogue/catalogue";
import type { DatabaseRoleDoc, GrantDoc, ObjectDoc, RoleDoc, RoleGrantDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { fullName, printName } from "../../../names/resolve";
import { grantsOn, ownerOf, SYSTEM_ROLES } from "../../../privileges/index";
import { sqlName } from "../../../types/dataType";
import { compareText, databaseName, schemaName } from "../scope";
import { moment, type ShowColumn, text } from "../table";

/** One privilege that someone holds on something. */
export interface GrantRow {
  createdOn: number;
  privilege: string;
  object: ObjectDoc;
  grantee: ObjectDoc;
  grantOption: boolean;
  /** Undefined: the system. */
  grantedBy: ObjectDoc | undefined;
}

const isManaged = (catalogue: CatalogueSnapshot, object: ObjectDoc): boolean => {
  const parent = "parentId" in object ? catalogue.get("SCHEMA", object.parentId) : undefined;
  return parent?.managedAccess === true;
};

/** `DB.SCHEMA."P(A VARCHAR, N NUMBER):VARCHAR"` for routines, the full name for everything else, the locator for the account. */
export function securableName(context: ExecutionContext, object: ObjectDoc): string {
  if (object.kind === "ACCOUNT") return context.services.account.locator;
  if (object.kind !== "PROCEDURE" && object.kind !== "FUNCTION") return fullName(context.catalogue, object);
  const types = object.arguments.map((a) => `${a.name} ${a.type.kind}`).join(", ");
  const returns =
    "table" in object.returns
      ? `TABLE (${object.returns.table.map((c) => `${c.name} ${c.type.kind}`).join(", ")})`
      : sqlName(object.returns.type).replace(/\(.*$/, "");
  return `${printName(databaseName(context, object), schemaName(context, object))}."${object.name}(${types}):${returns}"`;
}

/** Ownership, what was granted, and the roles that hold a role; by grantee, then by privilege. */
export function grantsOnObject(context: ExecutionContext, object: ObjectDoc): GrantRow[] {
  const { catalogue } = context;
  const rows: GrantRow[] = [];
  const owner = catalogue.byId(ownerOf(object) ?? -1);
  const managed = isManaged(catalogue, object);
  if (owner) {
    const own = { createdOn: object.createdOn, object, grantee: owner, grantedBy: owner, grantOption: !managed };
    rows.push({ ...own, privilege: "OWNERSHIP" });
    if (object.kind === "SCHEMA" && object.managedAccess) rows.push({ ...own, privilege: "MANAGE GRANTS" });
  }
  if (object.kind === "ACCOUNT") rows.push(...builtInGrants(context, object));
  for (const grant of grantsOn(catalogue, object.id)) {
    const row = rowOf(catalogue, grant);
    if (row) rows.push(managed ? { ...row, grantOption: false } : row);
  }
  if (object.kind === "ROLE" || object.kind === "DATABASE_ROLE") rows.push(...holders(catalogue, object));
  return rows.sort(
    (a, b) => compareText(a.grantee.name, b.grantee.name) || compareText(a.privilege, b.privilege) || byTime(a, b),
  );
}

const byTime = (a: { createdOn: number }, b: { createdOn: number }): number => a.createdOn - b.createdOn;

/** Who holds a role: other roles, and users where it is a database role. */
function holders(catalogue: CatalogueSnapshot, role: RoleDoc | DatabaseRoleDoc): GrantRow[] {
  return catalogue.all("ROLE_GRANT").flatMap((grant) => {
    const grantee = grant.roleId === role.id ? catalogue.byId(grant.granteeId) : undefined;
    if (!grantee || (grantee.kind === "USER" && role.kind === "ROLE")) return [];
    return [membershipRow(catalogue, grant, role, grantee)];
  });
}

/** A role held is USAGE on the role. */
export const membershipRow = (
  catalogue: CatalogueSnapshot,
  grant: RoleGrantDoc,
  role: ObjectDoc,
  grantee: ObjectDoc,
): GrantRow => ({
  createdOn: grant.createdOn,
  privilege: "USAGE",
  object: role,
  grantee,
  grantOption: false,
  grantedBy: grant.grantedById === null ? undefined : catalogue.byId(grant.grantedById),
});

export function rowOf(catalogue: CatalogueSnapshot, grant: GrantDoc): GrantRow | undefined {
  const object = catalogue.byId(grant.objectId);
  const grantee = catalogue.byId(grant.granteeId);
  if (!object || !grantee || object.droppedOn !== undefined || grantee.droppedOn !== undefined) return undefined;
  return {
    createdOn: grant.createdOn,
    privilege: grant.privilege,
    object,
    grantee,
    grantOption: grant.grantOption,
    grantedBy: grant.grantedById === null ? undefined : catalogue.byId(grant.grantedById),
  };
}

/** What the system roles hold on the account from the start. */
export function builtInGrants(context: ExecutionContext, account: ObjectDoc): GrantRow[] {
  return SYSTEM_ROLES.flatMap((role) => {
    const grantee = context.catalogue.find("ROLE", 0, role.name);
    if (!grantee) return [];
    return role.globalPrivileges.map((privilege) => ({
      createdOn: account.createdOn,
      privilege,
      object: account,
      grantee,
      grantOption: true,
      grantedBy: undefined,
    }));
  });
}

/** `ROLE`, `DATABASE_ROLE`, `USER`. */
export const GRANT_COLUMNS: ShowColumn<GrantRow>[] = [
  moment("created_on", (row) => row.createdOn),
  text("privilege", (row) => row.privilege),
  text("granted_on", (row) => row.object.kind),
  text("name", (row, context) => securableName(context, row.object)),
  text("granted_to", (row) => row.grantee.kind),
  text("grantee_name", ({ grantee }, context) =>
    grantee.kind === "SHARE" ? `${context.services.account.locator}.${grantee.name}` : grantee.name,
  ),
  text("grant_option", (row) => row.grantOption),
  text("granted_by", (row) => row.grantedBy?.name ?? ""),
];

/** SHOW GRANTS TO USER has the role once more in a column of its own. */
export const GRANT_TO_USER_COLUMNS: ShowColumn<GrantRow>[] = GRANT_COLUMNS.flatMap((column) =>
  column.name === "granted_to"
    ? [text("role", (row: GrantRow) => (row.object.kind === "ROLE" ? row.object.name : null)), column]
    : [column],
);

/** `D.S.P(VARCHAR, NUMBER)`: SHOW GRANTS ON a routine says the types of its arguments and no more. */
const asked = (context: ExecutionContext, object: ObjectDoc): string =>
  object.kind === "PROCEDURE" || object.kind === "FUNCTION"
    ? `${fullName(context.catalogue, object)}(${object.arguments.map((a) => a.type.kind).join(", ")})`
    : securableName(context, object);

/** SHOW GRANTS ON DATABASE ROLE calls it a role, as the Terraform provider's tests witness. */
export const GRANT_ON_COLUMNS: ShowColumn<GrantRow>[] = [
  ...GRANT_COLUMNS.map((column) =>
    column.name === "granted_on"
      ? text("granted_on", ({ object }: GrantRow) => (object.kind === "DATABASE_ROLE" ? "ROLE" : object.kind))
      : column.name === "name"
        ? text("name", ({ object }: GrantRow, context) => asked(context, object))
        : column,
  ),
  text("granted_by_role_type", (row) => row.grantedBy?.kind ?? ""),
];
