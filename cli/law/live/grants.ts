import { ADMINISTRATORS, type Source } from "../../../law/index";
import { schemaNames } from "./containers";
import { qualified, quote, type Reader, type Row, text } from "./reader";

/** Every grant on the account, the database, its schemas and the two tables, and who has the roles that may do more. */
export async function grantSources(reader: Reader): Promise<Source[]> {
  const { database, landing, events, refreshWarehouse, deployerRole, serviceRole } = reader.settings;
  const schemas = await schemaNames(reader);
  const sources: Source[] = [];
  for (const object of [
    "ACCOUNT",
    `DATABASE ${reader.database}`,
    ...schemas.map((schema) => `SCHEMA ${qualified(database, schema)}`),
    `TABLE ${qualified(database, landing.schema, landing.name)}`,
    `DYNAMIC TABLE ${qualified(database, events.schema, events.name)}`,
    `WAREHOUSE ${quote(refreshWarehouse)}`,
    `ROLE ${quote(deployerRole)}`,
    `ROLE ${quote(serviceRole)}`,
  ]) {
    sources.push(...(await reader.rows(`SHOW GRANTS ON ${object}`)).flatMap((row) => grantSource(row, object)));
  }
  for (const place of [`DATABASE ${reader.database}`, ...schemas.map((one) => `SCHEMA ${qualified(database, one)}`)]) {
    const rows = await reader.rows(`SHOW FUTURE GRANTS IN ${place}`);
    sources.push(...rows.flatMap((row) => futureGrantSource(row, place)));
  }
  return [...sources, ...(await roleSources(reader))];
}

function grantSource(row: Row, object: string): Source[] {
  const to = granteeOf(text(row, "granted_to"), text(row, "grantee_name"));
  return to === undefined ? [] : [grant(text(row, "privilege"), object, to)];
}

function futureGrantSource(row: Row, place: string): Source[] {
  const to = granteeOf(text(row, "grant_to"), text(row, "grantee_name"));
  const kind = text(row, "grant_on").replaceAll("_", " ");
  return to === undefined ? [] : [grant(text(row, "privilege"), `FUTURE ${plural(kind)} IN ${place}`, to)];
}

const grant = (privilege: string, object: string, to: string): Source => ({
  resource: `grant of ${privilege} to ${to}`,
  text: `GRANT ${privilege} ON ${object} TO ${to}`,
});

const plural = (kind: string): string => (kind.endsWith("Y") ? `${kind.slice(0, -1)}IES` : `${kind}S`);

/** Administrators may do everything anyway; shares and applications only read. */
function granteeOf(type: string, name: string): string | undefined {
  const kind = type.replaceAll("_", " ");
  if (kind === "ROLE") return ADMINISTRATORS.includes(name) ? undefined : `ROLE ${quote(name)}`;
  if (kind === "DATABASE ROLE") return `DATABASE ROLE ${name.split(".").map(quote).join(".")}`;
  return kind === "USER" ? `USER ${quote(name)}` : undefined;
}

async function roleSources(reader: Reader): Promise<Source[]> {
  const { deployerRole, serviceRole } = reader.settings;
  const sources: Source[] = [];
  for (const role of ["ACCOUNTADMIN", "SECURITYADMIN", "SYSADMIN", deployerRole, serviceRole]) {
    for (const row of await reader.rows(`SHOW GRANTS OF ROLE ${quote(role)}`)) {
      const to = granteeOf(text(row, "granted_to"), text(row, "grantee_name"));
      if (to !== undefined)
        sources.push({ resource: `grant of ${role} to ${to}`, text: `GRANT ROLE ${quote(role)} TO ${to}` });
    }
  }
  return sources;
}
