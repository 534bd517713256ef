import { DuckDBTimestampTZValue } from "@duckdb/node-api";
import { argumentNotConstant, compilationError, unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { parameter } from "../parameters/effective";
import { activeRoles, rolesOfUser } from "../privileges/index";
import { bound, constantNumber, constantText, isNullLiteral, nullBound } from "../translate/bound";
import { asText, cast } from "../translate/conversion/cast";
import { valueBound } from "../translate/expressions/values";
import { planText } from "../translate/planText";
import { quote } from "../translate/sql";
import { BOOLEAN, DATE, time, timestampLtz, varchar } from "../types/dataType";
import { type Call, type FunctionTable, scalar } from "./call";

const told = (tell: (context: ExecutionContext) => string | undefined) =>
  scalar(
    0,
    0,
    (call) => {
      const text = tell(call.binder.context);
      return call.result(
        text === undefined ? "NULL::VARCHAR" : `${quote(text)}::VARCHAR`,
        varchar(),
        text === undefined,
      );
    },
    { volatile: true },
  );

/** The time of the statement; every call of one statement gives the same. */
function now(call: Call) {
  const instant = call.binder.shared.parameter(new DuckDBTimestampTZValue(call.binder.context.now));
  return bound(`${instant}::TIMESTAMPTZ`, timestampLtz(), false);
}

const nameOf = (
  context: ExecutionContext,
  kind: "ROLE" | "WAREHOUSE" | "DATABASE" | "SCHEMA" | "USER",
  id: number | null,
): string | undefined => (id === null ? undefined : context.catalogue.get(kind, id)?.name);

const timeOfDay = scalar(0, 1, (call) => cast(now(call), time(), call.settings), { volatile: true });

/** A JSON array of the account roles of the user, inherited ones included. */
function availableRoles(context: ExecutionContext): string | undefined {
  const { userId } = context.rights;
  if (userId === null) return undefined;
  const names = [...rolesOfUser(context, userId)].map((id) => context.catalogue.get("ROLE", id)?.name);
  return JSON.stringify(names.filter((name) => name !== undefined).sort());
}

const rolesOfReader = ({ catalogue, reader }: ExecutionContext) => activeRoles({ catalogue, rights: reader });

/** The role is among those whose privileges count now. Source: …/functions/is_role_in_session */
function isRoleInSession(call: Call) {
  const { context } = call.binder;
  const names = [...rolesOfReader(context)].flatMap((id) => context.catalogue.get("ROLE", id)?.name ?? []);
  const name = constantText(call.arg(0));
  if (name === undefined) {
    const asked = call.arg(0);
    return call.result(
      `(${asText(asked, call.settings)} IN (${names.map(quote).join(", ")}))`,
      BOOLEAN,
      asked.nullable,
    );
  }
  const written = /^"(.+)"$/s.exec(name)?.[1]?.replaceAll('""', '"') ?? name;
  return call.result(names.includes(written) ? "TRUE" : "FALSE", BOOLEAN, false);
}

/** As IS_ROLE_IN_SESSION, of a role of the current database. Source: …/functions/is_database_role_in_session */
function isDatabaseRoleInSession(call: Call) {
  const { context } = call.binder;
  const name = constantText(call.arg(0));
  if (name === undefined) throw unsupportedFeature("IS_DATABASE_ROLE_IN_SESSION with a name that is no constant");
  const { databaseId } = context.namespace;
  const role = databaseId === null ? undefined : context.catalogue.find("DATABASE_ROLE", databaseId, name);
  return call.result(role && rolesOfReader(context).has(role.id) ? "TRUE" : "FALSE", BOOLEAN, false);
}

/** `{"roles":"R1,R2","value":"ALL"}`. Source: …/functions/current_secondary_roles */
function secondaryRoles(context: ExecutionContext): string {
  const { secondaryRoles: chosen, userId, roleId } = context.reader;
  const ids =
    chosen === "ALL" ? (userId === null ? [] : [...rolesOfUser(context, userId)]) : chosen === "NONE" ? [] : chosen;
  const names = ids
    .filter((id) => id !== roleId)
    .map((id) => context.catalogue.get("ROLE", id)?.name)
    .filter((name) => name !== undefined);
  return JSON.stringify({
    roles: names.sort().join(","),
    value: chosen === "ALL" ? "ALL" : names.length > 0 ? names.sort().join(",") : "",
  });
}

/** The schema in which names are looked for, as a JSON array. Source: …/functions/current_schemas */
function currentSchemas(context: ExecutionContext): string {
  const database = nameOf(context, "DATABASE", context.namespace.databaseId);
  const schema = nameOf(context, "SCHEMA", context.namespace.schemaId);
  if (database === undefined) return "[]";
  const names = schema === undefined || schema === "PUBLIC" ? ["PUBLIC"] : [schema, "PUBLIC"];
  return JSON.stringify(names.map((name) => `${database}.${name}`));
}

/** A session variable by its name as a text; NULL when there is none. */
function getVariable(call: Call) {
  const name = constantText(call.arg(0));
  if (name === undefined) throw unsupportedFeature("GETVARIABLE with a name that is no constant");
  const value = call.binder.context.session.variables.get(name);
  return value ? call.result(asText(valueBound(call.binder, value), call.settings), varchar(), true) : nullBound();
}

export const contextFunctions: FunctionTable = {
  CURRENT_TIME: timeOfDay,
  LOCALTIME: timeOfDay,
  GETDATE: scalar(0, 0, now, { volatile: true }),
  SYSTIMESTAMP: scalar(0, 1, now, { volatile: true }),
  CURRENT_CLIENT: told(({ session: { client } }) => `${client.application} ${client.version}`),
  CURRENT_QUERY_TAG: told((context) => String(parameter(context, "QUERY_TAG"))),
  CURRENT_IP_ADDRESS: told(() => "127.0.0.1"),
  CURRENT_ROLE_TYPE: told(() => "ROLE"),
  CURRENT_STATEMENT: told((context) => context.text),
  CURRENT_TRANSACTION: told((context) => context.session.transaction?.id),
  INVOKER_ROLE: told((context) => nameOf(context, "ROLE", (context.policed?.invoker ?? context.rights).roleId)),
  /** Nothing here is reached through a share. */
  INVOKER_SHARE: told(() => undefined),
  IS_DATABASE_ROLE_IN_SESSION: scalar(1, 1, isDatabaseRoleInSession, { volatile: true }),
  IS_ROLE_IN_SESSION: scalar(1, 1, isRoleInSession, { volatile: true }),
  GETVARIABLE: scalar(1, 1, getVariable, { volatile: true }),
  SESSION_CONTEXT: scalar(1, 1, getVariable, { volatile: true }),
  CURRENT_USER: told((context) => nameOf(context, "USER", context.rights.userId)),
  CURRENT_ROLE: told((context) => nameOf(context, "ROLE", context.reader.roleId)),
  CURRENT_SECONDARY_ROLES: told(secondaryRoles),
  CURRENT_SCHEMAS: told(currentSchemas),
  CURRENT_AVAILABLE_ROLES: told(availableRoles),
  CURRENT_WAREHOUSE: told((context) => nameOf(context, "WAREHOUSE", context.session.warehouseId)),
  CURRENT_DATABASE: told((context) => nameOf(context, "DATABASE", (context.policed ?? context.namespace).databaseId)),
  CURRENT_SCHEMA: told((context) => nameOf(context, "SCHEMA", (context.policed ?? context.namespace).schemaId)),
  CURRENT_SESSION: told((context) => context.session.id),
  CURRENT_ACCOUNT: told((context) => context.services.account.locator),
  CURRENT_ACCOUNT_NAME: told((context) => context.services.account.accountName),
  CURRENT_ORGANIZATION_NAME: told((context) => context.services.account.organizationName),
  CURRENT_REGION: told((context) => context.services.account.region),
  CURRENT_VERSION: told((context) => context.services.account.version),
  CURRENT_TIMESTAMP: scalar(0, 1, now, { volatile: true }),
  LOCALTIMESTAMP: scalar(0, 1, now, { volatile: true }),
  SYSDATE: scalar(
    0,
    0,
    (call) => call.result(`timezone('UTC', ${now(call).sql})`, { kind: "TIMESTAMP_NTZ", scale: 9 }, false),
    { volatile: true },
  ),
  CURRENT_DATE: scalar(0, 0, (call) => cast(now(call), DATE, call.settings), { volatile: true }),
  /** -1 (the default) is the last statement, -2 the one before; 1 the first that the session remembers. */
  LAST_QUERY_ID: scalar(
    0,
    1,
    (call) => {
      if (call.has(0) && isNullLiteral(call.arg(0))) return nullBound();
      const place = call.has(0) ? constantNumber(call.arg(0)) : -1;
      if (place === undefined || !Number.isInteger(place))
        throw argumentNotConstant("LAST_QUERY_ID", 1, planText(call.binder, call.node_(0)));
      if (Math.abs(place) > 10_000)
        throw compilationError("001015", "22023", "Value for parameter 1 exceeds maximum allowable value (10,000).");
      if (place === 0) return nullBound();
      const { session, queryId } = call.binder.context;
      const earlier = session.queryIds.filter((candidate) => candidate !== queryId);
      const id = earlier.at(place < 0 ? place : place - 1);
      return id === undefined ? nullBound() : bound(quote(id), varchar(), false, { kind: "string", text: id });
    },
    { volatile: true },
  ),
};
