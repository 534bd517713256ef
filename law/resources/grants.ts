import type { Inputs } from "./inputs";
import type { ResourceReader } from "./judged";
import { quote, reference } from "./quote";

/** `snowflake.GrantPrivilegesToAccountRole` and `…ToDatabaseRole`. */
export const privileges: ResourceReader = (inputs) => {
  const named = inputs.texts("privileges");
  const list = inputs.flag("allPrivileges") ? "ALL PRIVILEGES" : named.join(", ");
  const on = grantedOn(inputs);
  const to = grantee(inputs);
  const onwards = inputs.flag("withGrantOption") ? " WITH GRANT OPTION" : "";
  return list === "" || on === undefined || to === undefined
    ? []
    : [{ sql: `GRANT ${list} ON ${on} TO ${to}${onwards}` }];
};

export const ownership: ResourceReader = (inputs) => {
  const block = inputs.block("on");
  const to = grantee(inputs);
  const on = block && objectOn(block);
  return on === undefined || to === undefined ? [] : [{ sql: `GRANT OWNERSHIP ON ${on} TO ${to}` }];
};

export const accountRole: ResourceReader = (inputs) => {
  const role = inputs.text("roleName");
  const parent = inputs.text("parentRoleName");
  const user = inputs.text("userName");
  if (role === undefined || (parent === undefined && user === undefined)) return [];
  return [
    {
      sql: `GRANT ROLE ${reference(role)} TO ${parent === undefined ? `USER ${reference(user ?? "")}` : `ROLE ${reference(parent)}`}`,
    },
  ];
};

export const databaseRole: ResourceReader = (inputs) => {
  const role = inputs.text("databaseRoleName");
  const parent = inputs.text("parentRoleName");
  const databaseParent = inputs.text("parentDatabaseRoleName");
  const to =
    parent === undefined
      ? databaseParent === undefined
        ? undefined
        : `DATABASE ROLE ${reference(databaseParent)}`
      : `ROLE ${reference(parent)}`;
  return role === undefined || to === undefined ? [] : [{ sql: `GRANT DATABASE ROLE ${reference(role)} TO ${to}` }];
};

function grantee(inputs: Inputs): string | undefined {
  const role = inputs.text("accountRoleName");
  if (role !== undefined) return `ROLE ${reference(role)}`;
  const databaseRole = inputs.text("databaseRoleName");
  return databaseRole === undefined ? undefined : `DATABASE ROLE ${reference(databaseRole)}`;
}

function grantedOn(inputs: Inputs): string | undefined {
  if (inputs.flag("onAccount")) return "ACCOUNT";
  const account = inputs.block("onAccountObject");
  if (account) return objectOn(account);
  const databaseName = inputs.text("onDatabase");
  if (databaseName !== undefined) return `DATABASE ${quote(databaseName)}`;
  const schema = inputs.block("onSchema");
  if (schema) return schemaOn(schema);
  const object = inputs.block("onSchemaObject");
  return object && objectOn(object);
}

function schemaOn(block: Inputs): string | undefined {
  const name = block.text("schemaName");
  if (name !== undefined) return `SCHEMA ${reference(name)}`;
  const all = block.text("allSchemasInDatabase");
  if (all !== undefined) return `ALL SCHEMAS IN DATABASE ${reference(all)}`;
  const future = block.text("futureSchemasInDatabase");
  return future === undefined ? undefined : `FUTURE SCHEMAS IN DATABASE ${reference(future)}`;
}

function objectOn(block: Inputs): string | undefined {
  const type = block.text("objectType");
  const name = block.text("objectName");
  if (type !== undefined && name !== undefined) return `${type} ${reference(name)}`;
  for (const scope of ["all", "future"] as const) {
    const many = block.block(scope);
    const plural = many?.text("objectTypePlural");
    if (!many || plural === undefined) continue;
    const inSchema = many.text("inSchema");
    const place =
      inSchema === undefined ? `DATABASE ${reference(many.text("inDatabase") ?? "")}` : `SCHEMA ${reference(inSchema)}`;
    return `${scope.toUpperCase()} ${plural} IN ${place}`;
  }
  return undefined;
}
