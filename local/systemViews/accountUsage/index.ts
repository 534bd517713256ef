import type { ObjectDoc, RoleDoc, RoleGrantDoc, UserDoc } from "../../catalogue/model";
import { toMillis } from "../../clock";
import type { QueryEntry } from "../../history/queryHistory";
import { privilegesOfKind } from "../../privileges/matrix";
import { type GrantRow, grantsOnObject } from "../../statements/show/grants/rows";
import { databaseName, ownerName, schemaName } from "../../statements/show/scope";
import type { SystemView } from "../contract";
import { count, decimal, moment, none, systemViewOf, text, truth } from "../define";
import { DATABASE_COLUMNS, SCHEMA_COLUMNS } from "../informationSchema/containers";
import { METERING_COLUMNS, type MeteredHour, meteredHours } from "../informationSchema/metering";
import { QUERY_HISTORY_COLUMNS } from "../informationSchema/queryHistory";
import {
  COLUMN_COLUMNS,
  columnsOf,
  listedRelations,
  TABLE_COLUMNS,
  VIEW_COLUMNS,
} from "../informationSchema/relations";
import { FUNCTION_COLUMNS, PROCEDURE_COLUMNS } from "../informationSchema/routines";
import { objectsOf } from "../informationSchema/scope";

const DAY = 86_400_000;
const YEAR = 365 * DAY;

const TABLES = systemViewOf("TABLES", TABLE_COLUMNS, (context) => listedRelations(context, null));
const COLUMNS = systemViewOf("COLUMNS", COLUMN_COLUMNS, (context) => columnsOf(context, null));
const VIEWS = systemViewOf("VIEWS", VIEW_COLUMNS, (context) => objectsOf(context, null, "VIEW"));
const PROCEDURES = systemViewOf("PROCEDURES", PROCEDURE_COLUMNS, (context) => objectsOf(context, null, "PROCEDURE"));
const FUNCTIONS = systemViewOf("FUNCTIONS", FUNCTION_COLUMNS, (context) => objectsOf(context, null, "FUNCTION"));
const DATABASES = systemViewOf("DATABASES", DATABASE_COLUMNS, (context) => context.catalogue.all("DATABASE"));
const SCHEMATA = systemViewOf("SCHEMATA", SCHEMA_COLUMNS, (context) => context.catalogue.all("SCHEMA"));

const QUERY_HISTORY = systemViewOf<QueryEntry>("QUERY_HISTORY", QUERY_HISTORY_COLUMNS, (context) => [
  ...context.services.history.all(),
]);

const WAREHOUSE_METERING_HISTORY = systemViewOf<MeteredHour>(
  "WAREHOUSE_METERING_HISTORY",
  [...METERING_COLUMNS.slice(0, 2), count("WAREHOUSE_ID", (hour) => hour.warehouseId), ...METERING_COLUMNS.slice(2)],
  (context) => meteredHours(context, toMillis(context.now) - YEAR, toMillis(context.now) + DAY),
);

const ROLES = systemViewOf<RoleDoc>(
  "ROLES",
  [
    count("ROLE_ID", (role) => role.id),
    moment("CREATED_ON", (role) => role.createdOn),
    moment("DELETED_ON", () => null),
    text("NAME", (role) => role.name),
    text("COMMENT", (role) => role.comment),
    text("OWNER", (role, context) => ownerName(context, role)),
    text("ROLE_TYPE", () => "ROLE"),
    none("ROLE_DATABASE_NAME"),
  ],
  (context) => context.catalogue.all("ROLE"),
);

const USERS = systemViewOf<UserDoc>(
  "USERS",
  [
    count("USER_ID", (user) => user.id),
    text("NAME", (user) => user.name),
    moment("CREATED_ON", (user) => user.createdOn),
    moment("DELETED_ON", () => null),
    text("LOGIN_NAME", (user) => user.loginName),
    text("DISPLAY_NAME", (user) => user.displayName),
    text("FIRST_NAME", (user) => user.firstName),
    text("LAST_NAME", (user) => user.lastName),
    text("EMAIL", (user) => user.email),
    truth("MUST_CHANGE_PASSWORD", (user) => user.mustChangePassword),
    truth("HAS_PASSWORD", (user) => user.passwordHash !== undefined),
    text("COMMENT", (user) => user.comment),
    truth("DISABLED", (user) => user.disabled),
    text("DEFAULT_WAREHOUSE", (user) => user.defaultWarehouse),
    text("DEFAULT_NAMESPACE", (user) => user.defaultNamespace),
    text("DEFAULT_ROLE", (user) => user.defaultRole),
    moment("LAST_SUCCESS_LOGIN", (user) => user.lastSuccessLogin),
    truth("HAS_RSA_PUBLIC_KEY", (user) => user.rsaPublicKey !== undefined),
    text("OWNER", (user, context) => ownerName(context, user)),
    text("TYPE", (user) => user.type ?? "PERSON"),
  ],
  (context) => context.catalogue.all("USER"),
);

const GRANTS_TO_ROLES = systemViewOf<GrantRow>(
  "GRANTS_TO_ROLES",
  [
    moment("CREATED_ON", (row) => row.createdOn),
    moment("MODIFIED_ON", (row) => row.createdOn),
    text("PRIVILEGE", (row) => row.privilege),
    text("GRANTED_ON", (row) => row.object.kind.replaceAll("_", " ")),
    text("NAME", (row) => row.object.name),
    text("TABLE_CATALOG", (row, context) => databaseName(context, row.object) || null),
    text("TABLE_SCHEMA", (row, context) => schemaName(context, row.object) || null),
    text("GRANTED_TO", (row) => row.grantee.kind),
    text("GRANTEE_NAME", (row) => row.grantee.name),
    truth("GRANT_OPTION", (row) => row.grantOption),
    text("GRANTED_BY", (row) => row.grantedBy?.name),
    moment("DELETED_ON", () => null),
  ],
  (context) => {
    const rows: GrantRow[] = [];
    for (const [kind, docs] of context.catalogue.entries()) {
      if (!privilegesOfKind(kind)) continue;
      for (const doc of docs.values()) if (doc.droppedOn === undefined) rows.push(...grantsOnObject(context, doc));
    }
    return rows;
  },
);

const named = (doc: ObjectDoc | undefined): string | null => doc?.name ?? null;

const GRANTS_TO_USERS = systemViewOf<RoleGrantDoc>(
  "GRANTS_TO_USERS",
  [
    moment("CREATED_ON", (grant) => grant.createdOn),
    moment("DELETED_ON", () => null),
    text("ROLE", (grant, context) => named(context.catalogue.byId(grant.roleId))),
    text("GRANTED_TO", () => "USER"),
    text("GRANTEE_NAME", (grant, context) => named(context.catalogue.byId(grant.granteeId))),
    text("GRANTED_BY", (grant, context) =>
      grant.grantedById === null ? null : named(context.catalogue.byId(grant.grantedById)),
    ),
  ],
  (context) =>
    context.catalogue.all("ROLE_GRANT").filter((g) => context.catalogue.get("USER", g.granteeId) !== undefined),
);

const METERING_HISTORY = systemViewOf<MeteredHour>(
  "METERING_HISTORY",
  [
    text("SERVICE_TYPE", () => "WAREHOUSE_METERING"),
    moment("START_TIME", (hour) => hour.start),
    moment("END_TIME", (hour) => hour.start + 3_600_000),
    count("ENTITY_ID", (hour) => hour.warehouseId),
    text("NAME", (hour) => hour.warehouse),
    decimal("CREDITS_USED_COMPUTE", (hour) => hour.credits.toFixed(9)),
    decimal("CREDITS_USED_CLOUD_SERVICES", () => "0"),
    decimal("CREDITS_USED", (hour) => hour.credits.toFixed(9)),
  ],
  (context) => meteredHours(context, toMillis(context.now) - YEAR, toMillis(context.now) + DAY),
);

/** SNOWFLAKE.ACCOUNT_USAGE: whoever may use that schema sees the whole account. */
export const ACCOUNT_USAGE: readonly SystemView[] = [
  TABLES,
  COLUMNS,
  VIEWS,
  PROCEDURES,
  FUNCTIONS,
  DATABASES,
  SCHEMATA,
  QUERY_HISTORY,
  WAREHOUSE_METERING_HISTORY,
  METERING_HISTORY,
  ROLES,
  USERS,
  GRANTS_TO_ROLES,
  GRANTS_TO_USERS,
];
