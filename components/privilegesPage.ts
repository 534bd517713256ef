import { type Grant, type GrantTarget, grantMatrix, INHERITS } from "./grantMatrix";
import { namesOf, type RoleKey } from "./names";

const ORDER: readonly RoleKey[] = ["service", "admin", "monitor", "user", "ingest", "deployer"];

/** The grant matrix as the Markdown of docs/privileges.md, with the names of an environment without suffix. */
export function privilegesPage(): string {
  const { roles, warehouses } = namesOf({
    database: "CLAUDE_BI",
    environment: "",
    deployerRole: "TWO_TABLE_DEPLOYER",
    entity: "CUSTOMER",
  });
  const objectOf = (on: GrantTarget): string => {
    switch (on.kind) {
      case "ACCOUNT":
      case "DATABASE":
        return on.kind;
      case "WAREHOUSE":
        return `WAREHOUSE ${warehouses[on.warehouse]}`;
      case "SCHEMA":
        return `SCHEMA ${on.schema}`;
      case "PROCEDURE":
        return `PROCEDURE ${on.schema}.${on.name}(${on.arguments.join(", ")})`;
      default:
        return `${on.kind} ${on.schema}.${on.name.replace(/^ENTITY_/, "<ENTITY>_")}`;
    }
  };
  const line = ({ on, privileges, why }: Grant) => `| ${objectOf(on)} | ${privileges.join(", ")} | ${why} |`;
  const matrix = grantMatrix({ userManagement: true });
  const section = (role: RoleKey) => {
    const rows = matrix.filter((grant) => grant.role === role);
    return `## ${roles[role]}\n\n| object | privileges | why |\n|---|---|---|\n${rows.map(line).join("\n")}\n`;
  };
  return `# Privileges

Who may do what: the whole model, nothing else is granted. \`components/grantMatrix.ts\` is the source of the grants, of this page
(a test keeps it up to date) and of the tests that try every cell as the role itself, allowed and refused.

Database, schemas and tables belong to ${roles.deployer}, views, procedures and alerts to ${roles.service}, which is granted to
no user. ${Object.entries(INHERITS)
    .map(([heir, role]) => `${roles[heir as RoleKey]} inherits ${roles[role]}.`)
    .join(
      " ",
    )} All schemas are under managed access: only their owner grants. ${roles.service} owns ${roles.user}, so that
CREATE_MCP_USER can grant it. Without user management, CREATE USER and its three procedures do not exist.

${ORDER.map(section).join("\n")}`;
}
