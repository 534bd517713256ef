import type { NetworkPolicyDoc, ResourceMonitorDoc, RoleDoc, UserDoc, WarehouseDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import type { ExecutionContext } from "../../../execution/context";
import { namespaceParts } from "../../../names/namespace";
import { activeRoles, has, hasGlobal, isVisible, owns } from "../../../privileges/index";
import { creditsSince } from "../../../warehouses/credits";
import { SIZE_TEXT } from "../../../warehouses/sizeText";
import { compareText } from "../scope";
import { count, moment, type ShowColumn, type ShowTable, text } from "../table";
import { comment, createdOn, name, owner, ownerType, yesNo } from "./common";

const byName = <D extends { name: string }>(docs: D[]): D[] => docs.sort((a, b) => compareText(a.name, b.name));

export const WAREHOUSES: ShowTable<WarehouseDoc> = {
  columns: [
    name,
    text("state", (doc) => doc.state),
    text("type", (doc) => doc.type),
    text("size", (doc) => SIZE_TEXT[doc.size]),
    count("min_cluster_count", (doc) => doc.minClusterCount),
    count("max_cluster_count", (doc) => doc.maxClusterCount),
    count("started_clusters", (doc) => (doc.state === "STARTED" ? doc.minClusterCount : 0)),
    count("running", (doc, context) => runningOn(context, doc)),
    count("queued", () => 0),
    text("is_default", (doc, context) =>
      yesNo(context.catalogue.get("USER", context.session.userId)?.defaultWarehouse === doc.name),
    ),
    text("is_current", (doc, context) => yesNo(context.session.warehouseId === doc.id)),
    count("auto_suspend", (doc) => doc.autoSuspend),
    text("auto_resume", (doc) => doc.autoResume),
    text("available", (doc) => (doc.state === "STARTED" ? "100" : "")),
    text("provisioning", (doc) => (doc.state === "STARTED" ? "0" : "")),
    text("quiescing", (doc) => (doc.state === "STARTED" ? "0" : "")),
    text("other", (doc) => (doc.state === "STARTED" ? "0" : "")),
    createdOn,
    moment("resumed_on", (doc) => doc.resumedOn ?? doc.createdOn),
    moment("updated_on", (doc) => doc.updatedOn),
    owner,
    comment,
    text("enable_query_acceleration", (doc) => doc.enableQueryAcceleration),
    count("query_acceleration_max_scale_factor", (doc) => doc.queryAccelerationMaxScaleFactor),
    text("resource_monitor", (doc, context) => monitorName(context, doc)),
    count("actives", (doc) => (doc.state === "STARTED" ? 1 : 0)),
    count("pendings", () => 0),
    count("failed", () => 0),
    count("suspended", (doc) => (doc.state === "SUSPENDED" ? 1 : 0)),
    text("uuid", (doc) => doc.uuid),
    text("scaling_policy", (doc) => doc.scalingPolicy),
    ownerType,
    text("resource_constraint", () => null),
    text("generation", (doc) => (doc.type === "STANDARD" ? "1" : null)),
  ],
  items: (context) => byName(context.catalogue.all("WAREHOUSE").filter((doc) => isVisible(context, doc))),
  ignores: ["STARTS WITH", "LIMIT"],
  name: (doc) => doc.name,
};

const runningOn = (context: ExecutionContext, { id }: WarehouseDoc): number => {
  let found = 0;
  for (const entry of context.services.history.all()) {
    if (entry.status === "RUNNING" && entry.warehouseId === id && entry.queryId !== context.queryId) found++;
  }
  return found;
};

/** The text `null` where there is none: the Snowflake plugin insists on it. */
const monitorName = (context: ExecutionContext, doc: WarehouseDoc): string =>
  (doc.resourceMonitorId === undefined
    ? undefined
    : context.catalogue.get("RESOURCE_MONITOR", doc.resourceMonitorId)?.name) ?? "null";

const members = (context: ExecutionContext, role: RoleDoc, kind: "USER" | "ROLE"): number =>
  context.catalogue
    .all("ROLE_GRANT")
    .filter((g) => g.roleId === role.id && context.catalogue.get(kind, g.granteeId) !== undefined).length;

export const ROLES: ShowTable<RoleDoc> = {
  columns: [
    createdOn,
    name,
    text("is_default", (doc, context) =>
      yesNo(context.catalogue.get("USER", context.session.userId)?.defaultRole === doc.name),
    ),
    text("is_current", (doc, context) => yesNo(context.rights.roleId === doc.id)),
    text("is_inherited", (doc, context) => yesNo(context.rights.roleId !== doc.id && activeRoles(context).has(doc.id))),
    count("assigned_to_users", (doc, context) => members(context, doc, "USER")),
    count("granted_to_roles", (doc, context) => members(context, doc, "ROLE")),
    count(
      "granted_roles",
      (doc, context) => context.catalogue.all("ROLE_GRANT").filter((g) => g.granteeId === doc.id).length,
    ),
    owner,
    comment,
    text("is_from_organization_user_group", () => "N"),
  ],
  terse: ["name", "is_default", "is_current", "is_inherited", "is_from_organization_user_group"],
  items: (context) => byName([...context.catalogue.all("ROLE")]),
  name: (doc) => doc.name,
};

const DAY = 86_400_000;
export const MINUTE = 60_000;

/** Who may see more of a user than the name: its owner, whoever monitors users, and the user. */
const seesAll = (context: ExecutionContext, user: UserDoc): boolean =>
  owns(context, user) ||
  has(context, "MONITOR", user) ||
  hasGlobal(context, "MANAGE GRANTS") ||
  user.id === context.rights.userId;

const userText = (
  column: string,
  value: (user: UserDoc, context: ExecutionContext) => string | boolean | null | undefined,
) => text<UserDoc>(column, (user, context) => (seesAll(context, user) ? value(user, context) : null));

/** Whole minutes that have not passed yet; a day that has begun counts. */
export const remaining = (millis: number, unit: number): number =>
  unit === MINUTE ? Math.floor((millis - 1) / unit) : Math.ceil(millis / unit);

const until = (end: number | undefined, context: ExecutionContext, unit: number): string | null => {
  const left = end === undefined ? 0 : end - toMillis(context.now);
  return left > 0 ? String(remaining(left, unit)) : null;
};

export const secondaryRoles = ({ defaultSecondaryRoles = ["ALL"] }: UserDoc): string =>
  JSON.stringify(defaultSecondaryRoles);

export const USERS: ShowTable<UserDoc> = {
  columns: [
    name,
    createdOn,
    userText("login_name", (doc) => doc.loginName),
    text("display_name", (doc) => doc.displayName ?? ""),
    userText("first_name", (doc) => doc.firstName ?? ""),
    userText("last_name", (doc) => doc.lastName ?? ""),
    userText("email", (doc) => doc.email ?? ""),
    userText("mins_to_unlock", (doc, context) => until(doc.lockedUntil, context, MINUTE)),
    userText("days_to_expiry", (doc, context) => until(doc.expiresAt, context, DAY)),
    userText("comment", (doc) => doc.comment ?? ""),
    userText("disabled", (doc) => doc.disabled ?? false),
    userText("must_change_password", (doc) => doc.mustChangePassword ?? false),
    userText("snowflake_lock", () => false),
    userText("default_warehouse", (doc) => doc.defaultWarehouse ?? ""),
    userText("default_namespace", (doc) => namespaceParts(doc.defaultNamespace).join(".")),
    userText("default_role", (doc) => doc.defaultRole ?? ""),
    userText("default_secondary_roles", secondaryRoles),
    userText("ext_authn_duo", () => false),
    userText("ext_authn_uid", () => null),
    userText("mins_to_bypass_mfa", (doc, context) => until(doc.mfaBypassedUntil, context, MINUTE)),
    owner,
    moment("last_success_login", (doc, context) => (seesAll(context, doc) ? doc.lastSuccessLogin : null)),
    moment("expires_at_time", (doc, context) => (seesAll(context, doc) ? doc.expiresAt : null)),
    moment("locked_until_time", (doc, context) => (seesAll(context, doc) ? doc.lockedUntil : null)),
    userText("has_password", (doc) => doc.passwordHash !== undefined),
    userText("has_rsa_public_key", (doc) => doc.rsaPublicKey !== undefined || doc.rsaPublicKey2 !== undefined),
    userText("type", (doc) => doc.type ?? "PERSON"),
    userText("has_mfa", () => false),
    userText("has_pat", (doc) => (doc.accessTokens ?? []).length > 0),
    userText("has_workload_identity", () => false),
    userText("is_from_organization_user", () => false),
  ],
  terse: [
    "name",
    "created_on",
    "display_name",
    "first_name",
    "last_name",
    "email",
    "comment",
    "has_password",
    "has_rsa_public_key",
    "type",
    "has_mfa",
    "has_pat",
    "has_workload_identity",
    "is_from_organization_user",
  ],
  items: (context) => byName([...context.catalogue.all("USER")]),
  name: (doc) => doc.name,
};

const percents = (doc: ResourceMonitorDoc, action: ResourceMonitorDoc["triggers"][number]["action"]): string | null => {
  const found = doc.triggers.filter((t) => t.action === action).map((t) => `${t.percent}%`);
  return found.length > 0 ? found.join(",") : null;
};

const time = (millis: number | null): string | null =>
  millis === null ? null : new Date(millis).toISOString().replace("T", " ").replace("Z", " +0000");

interface Monitored {
  doc: ResourceMonitorDoc;
  warehouses: WarehouseDoc[];
  used: number;
}

const ofMonitor = (column: ShowColumn<ResourceMonitorDoc>): ShowColumn<Monitored> => ({
  ...column,
  value: ({ doc }, context) => column.value(doc, context),
});

export const RESOURCE_MONITORS: ShowTable<Monitored> = {
  columns: [
    ofMonitor(name),
    text("credit_quota", ({ doc }) => doc.creditQuota?.toFixed(2)),
    text("used_credits", ({ used }) => used.toFixed(2)),
    text("remaining_credits", ({ doc, used }) =>
      doc.creditQuota === null ? null : Math.max(doc.creditQuota - used, 0).toFixed(2),
    ),
    text("level", ({ doc, warehouses }) => doc.level ?? (warehouses.length > 0 ? "WAREHOUSE" : null)),
    text("frequency", ({ doc }) => doc.frequency),
    text("start_time", ({ doc }) => time(doc.startTime)),
    text("end_time", ({ doc }) => time(doc.endTime)),
    text("notify_at", ({ doc }) => percents(doc, "NOTIFY")),
    text("suspend_at", ({ doc }) => percents(doc, "SUSPEND")),
    text("suspend_immediately_at", ({ doc }) => percents(doc, "SUSPEND_IMMEDIATE")),
    ofMonitor(createdOn),
    ofMonitor(owner),
    ofMonitor(comment),
    text("notify_users", ({ doc }) => doc.notifyUsers.join(", ")),
  ],
  async items(context) {
    const visible = byName(context.catalogue.all("RESOURCE_MONITOR").filter((doc) => isVisible(context, doc)));
    const running = context.services.warehouses.running();
    const items: Monitored[] = [];
    for (const doc of visible) {
      const warehouses = context.catalogue.all("WAREHOUSE").filter((w) => w.resourceMonitorId === doc.id);
      const credits = await creditsSince(context, doc.startTime ?? doc.createdOn, running);
      items.push({ doc, warehouses, used: warehouses.reduce((sum, w) => sum + (credits.get(w.id) ?? 0), 0) });
    }
    return items;
  },
  name: ({ doc }) => doc.name,
};

export const NETWORK_POLICIES: ShowTable<NetworkPolicyDoc> = {
  columns: [
    createdOn,
    name,
    comment,
    count("entries_in_allowed_ip_list", (doc) => doc.allowedIpList.length),
    count("entries_in_blocked_ip_list", (doc) => doc.blockedIpList.length),
    count("entries_in_allowed_network_rules", (doc) => doc.allowedNetworkRuleList.length),
    count("entries_in_blocked_network_rules", (doc) => doc.blockedNetworkRuleList.length),
  ],
  items: (context) => byName(context.catalogue.all("NETWORK_POLICY").filter((doc) => isVisible(context, doc))),
  name: (doc) => doc.name,
};
