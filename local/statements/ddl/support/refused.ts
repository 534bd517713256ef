import type { Name, Statement } from "../../../../dialect/index";
import { SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { resolvePlace } from "../../../names/resolve";
import { accountOf, requireCreate } from "../../../privileges/index";
import { GLOBAL_PRIVILEGES, OBJECT_PRIVILEGES } from "../../../privileges/matrix";
import type { StatementHandler, StatementHandlers } from "../../handler";
import { statementName } from "../../statementName";

const UNSUPPORTED = "000002";

const SCHEMA_PRIVILEGES = OBJECT_PRIVILEGES.find((o) => o.kind === "SCHEMA")?.privileges ?? [];

/** What a CREATE makes, in the words of its privilege. */
function createdType(statement: Statement): string | undefined {
  if (statement.kind === "CreateTable") return statement.tableType;
  if (statement.kind === "CreateView") return statement.materialized ? "MATERIALIZED VIEW" : "VIEW";
  if (statement.kind === "CreatePolicy") return `${statement.policyType} POLICY`;
  if (statement.kind === "CreateFunction") return statement.dataMetric ? "DATA METRIC FUNCTION" : "FUNCTION";
  if (statement.kind === "CreateObject") return statement.objectType;
  const words = statementName(statement);
  return words.startsWith("CREATE ") ? words.slice("CREATE ".length) : undefined;
}

/** Throws what the role is told that may not create such an object at all. */
function requireRightToCreate(context: ExecutionContext, statement: Statement): void {
  const type = createdType(statement);
  if (!type) return;
  const privilege = `CREATE ${type}`;
  const name = "name" in statement ? (statement.name as Name | undefined) : undefined;
  if (SCHEMA_PRIVILEGES.includes(privilege)) {
    if (name) requireCreate(context, privilege, resolvePlace(context, name, privilege).schema);
    return;
  }
  const global = type.endsWith(" INTEGRATION") ? "CREATE INTEGRATION" : privilege;
  if (GLOBAL_PRIVILEGES.includes(global)) requireCreate(context, global, accountOf(context.catalogue));
}

export async function refuse(_context: ExecutionContext, statement: Statement): Promise<never> {
  throw unsupportedFeature(statementName(statement));
}

/** What this server cannot create is refused by name, but only to roles that could create it on Snowflake. */
const withRightsFirst = <S extends Statement>(handler: StatementHandler<S>): StatementHandler<S> => ({
  ...handler,
  async run(context, statement) {
    try {
      return await handler.run(context, statement);
    } catch (error) {
      if (error instanceof SnowflakeError && error.code === UNSUPPORTED) requireRightToCreate(context, statement);
      throw error;
    }
  },
});

export const rightsFirst = (handlers: StatementHandlers): StatementHandlers =>
  Object.fromEntries(
    Object.entries(handlers).map(([kind, handler]) => [kind, withRightsFirst(handler as StatementHandler)]),
  );
