import type { CatalogueTransaction } from "./catalogue/transaction";
import { SYSTEM_ROLES } from "./privileges/index";
import type { Store } from "./store/store";
import { WAREHOUSE_DEFAULTS } from "./warehouses/defaults";

export interface AdministratorOptions {
  user: string;
  passwordHash: string;
}

/** An empty account gets what a new Snowflake account has: the system roles, one administrator, one warehouse, database SNOWFLAKE. */
export async function createAccount(store: Store, administrator: AdministratorOptions): Promise<void> {
  const unit = await store.beginWrite();
  try {
    fill(unit.catalogue, administrator);
    await unit.commit();
  } catch (error) {
    await unit.rollback();
    throw error;
  }
}

function fill(catalogue: CatalogueTransaction, administrator: AdministratorOptions): void {
  catalogue.create<"ACCOUNT">({ kind: "ACCOUNT", name: "ACCOUNT" });
  const roles = new Map(
    SYSTEM_ROLES.map((role) => [
      role.name,
      catalogue.create<"ROLE">({ kind: "ROLE", name: role.name, ownerId: null, comment: role.comment }).id,
    ]),
  );
  const roleId = (name: string): number => roles.get(name) as number;
  const grantRole = (name: string, granteeId: number) =>
    catalogue.create<"ROLE_GRANT">({
      kind: "ROLE_GRANT",
      name: "",
      roleId: roleId(name),
      granteeId,
      grantedById: null,
    });
  for (const role of SYSTEM_ROLES) {
    for (const inherited of role.inherits) grantRole(inherited, roleId(role.name));
  }
  const warehouse = catalogue.create<"WAREHOUSE">({
    kind: "WAREHOUSE",
    name: "COMPUTE_WH",
    ownerId: roleId("ACCOUNTADMIN"),
    ...WAREHOUSE_DEFAULTS,
    state: "SUSPENDED",
    updatedOn: 0,
    uuid: "00000000-0000-0000-0000-000000000001",
  });
  catalogue.create<"GRANT">({
    kind: "GRANT",
    name: "",
    privilege: "USAGE",
    objectId: warehouse.id,
    granteeId: roleId("PUBLIC"),
    grantOption: false,
    grantedById: roleId("ACCOUNTADMIN"),
  });
  const shared = catalogue.create<"DATABASE">({ kind: "DATABASE", name: "SNOWFLAKE", ownerId: null });
  const usage = catalogue.create<"SCHEMA">({
    kind: "SCHEMA",
    name: "ACCOUNT_USAGE",
    parentId: shared.id,
    ownerId: null,
  });
  // Everybody reaches the functions of SNOWFLAKE.INFORMATION_SCHEMA, as by the database role CORE_VIEWER, which PUBLIC has; its data, nobody.
  for (const [objectId, role, grantOption] of [
    [shared.id, "PUBLIC", false],
    [shared.id, "ACCOUNTADMIN", true],
    [usage.id, "ACCOUNTADMIN", true],
  ] as const) {
    const granteeId = roleId(role);
    const grant = { privilege: "USAGE", objectId, granteeId, grantOption, grantedById: null };
    catalogue.create<"GRANT">({ kind: "GRANT", name: "", ...grant });
  }
  const user = catalogue.create<"USER">({
    kind: "USER",
    name: administrator.user,
    loginName: administrator.user,
    passwordHash: administrator.passwordHash,
    ownerId: roleId("ACCOUNTADMIN"),
    defaultRole: "ACCOUNTADMIN",
    defaultWarehouse: "COMPUTE_WH",
    displayName: administrator.user,
    defaultSecondaryRoles: ["ALL"],
  });
  grantRole("ACCOUNTADMIN", user.id);
}
