import { fingerprint, readPublicKey } from "../../auth/keyPair";
import type {
  AuthenticationPolicyDoc,
  IntegrationDoc,
  MaskingPolicyDoc,
  NetworkRuleDoc,
  ObjectDoc,
  PasswordPolicyDoc,
  RowAccessPolicyDoc,
  SecretDoc,
  SettingValue,
} from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import type { Row, StatementResult } from "../../execution/result";
import { parameter } from "../../parameters/effective";
import { requirePrivilege } from "../../privileges/index";
import { MASK, type Setting } from "../../settings/definition";
import { definitionOf, settingOf } from "../../settings/index";
import { valuesOf } from "../../settings/networkRule";
import { sqlName, timestampLtz, varchar } from "../../types/dataType";
import { comment, createdOn, database, name, owner, schema } from "../show/objects/common";
import { commentOrNull, NETWORK_RULES, scopesOf } from "../show/objects/settled";
import { columnOf, encodeCell, moment, type ShowColumn, text } from "../show/table";

const columns = (...names: string[]) => names.map((column) => columnOf({ name: column, type: varchar() }));

const oneRow = <D extends ObjectDoc>(
  context: ExecutionContext,
  doc: D,
  described: readonly ShowColumn<D>[],
): StatementResult => ({
  columns: described.map(columnOf),
  rows: [described.map((column): Row[number] => encodeCell(column.type, column.value(doc, context)))],
});

const ofRule = (column: string): ShowColumn<NetworkRuleDoc> =>
  NETWORK_RULES.columns.find((shown) => shown.name === column) as ShowColumn<NetworkRuleDoc>;

/** Its owner alone sees what a rule lists. Source: https://docs.snowflake.com/en/sql-reference/sql/desc-network-rule */
export function describeNetworkRule(context: ExecutionContext, doc: NetworkRuleDoc): StatementResult {
  requirePrivilege(context, "OWNERSHIP", doc);
  return oneRow(context, doc, [
    createdOn,
    name,
    database,
    schema,
    owner,
    comment,
    ofRule("type"),
    ofRule("mode"),
    text("value_list", (rule) => valuesOf(rule).join(",")),
  ]);
}

/** Milliseconds since the epoch; a text without an offset is UTC. */
function moments(value: SettingValue | undefined): number | null {
  if (typeof value !== "string") return null;
  const zoned = /(Z|[+-]\d{2}:?\d{2})$/.test(value) ? value : `${value}Z`;
  const time = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : zoned.replace(" ", "T").replace(" ", ""));
  return Number.isNaN(time) ? null : time;
}

export const describeSecret = (context: ExecutionContext, doc: SecretDoc): StatementResult =>
  oneRow(context, doc, [
    createdOn,
    name,
    schema,
    database,
    owner,
    commentOrNull,
    text("secret_type", ({ settings }) => String(settings["TYPE"])),
    text("username", ({ settings }) => (settings["USERNAME"] as string | undefined) ?? null),
    { name: "oauth_access_token_expiry_time", type: timestampLtz(3), value: () => null },
    moment("oauth_refresh_token_expiry_time", ({ settings }) => moments(settings["OAUTH_REFRESH_TOKEN_EXPIRY_TIME"])),
    text("oauth_scopes", scopesOf),
    text("integration_name", ({ settings }) => (settings["API_AUTHENTICATION"] as string | undefined) ?? null),
  ]);

const printed = (setting: Setting, value: SettingValue | undefined): string => {
  if (value === undefined) return "";
  if (!Array.isArray(value)) return String(value);
  return setting.print ? (value.length > 0 ? setting.print(value) : "") : value.join(",");
};

const COMMENT_OF = {
  PASSWORD_POLICY: "Comment of the policy",
  AUTHENTICATION_POLICY: "Comment associated with authentication policy.",
};

/** One row for each property, with its default. */
export function describePolicy(
  context: ExecutionContext,
  doc: PasswordPolicyDoc | AuthenticationPolicyDoc,
): StatementResult {
  const rows: Row[] = [
    ["NAME", doc.name, "null", "Name of the policy"],
    ["OWNER", String(owner.value(doc, context)), "null", "Owner of the policy"],
    ["COMMENT", doc.comment ?? "null", "null", COMMENT_OF[doc.kind]],
    ...definitionOf(doc).map(
      (setting): Row => [
        setting.name,
        printed(setting, settingOf(doc, setting)),
        printed(setting, setting.default),
        "",
      ],
    ),
  ];
  return { columns: columns("property", "value", "default", "description"), rows };
}

/** DESCRIBE MASKING | ROW ACCESS POLICY: `(V VARCHAR, N NUMBER)`, types without sizes in the signature, for the plugin splits it at commas. */
export const describeBodyPolicy = (
  _context: ExecutionContext,
  doc: MaskingPolicyDoc | RowAccessPolicyDoc,
): StatementResult => ({
  columns: columns("name", "signature", "return_type", "body"),
  rows: [
    [
      doc.name,
      `(${doc.arguments.map(({ name: own, type }) => `${own} ${type.kind}`).join(", ")})`,
      sqlName(doc.returns),
      doc.body,
    ],
  ],
});

const TYPE_NAMES = { text: "String", integer: "Integer", boolean: "Boolean", list: "List" } as const;

const fingerprintOf = (value: SettingValue | undefined): string => {
  const key = typeof value === "string" ? readPublicKey(value) : undefined;
  return key ? fingerprint(key) : "";
};

/** Parameters that keep the system roles from those who come by OAuth: list of blocked roles → parameter. */
const BLOCKING: Record<string, string> = {
  BLOCKED_ROLES_LIST: "OAUTH_ADD_PRIVILEGED_ROLES_TO_BLOCKED_LIST",
  EXTERNAL_OAUTH_BLOCKED_ROLES_LIST: "EXTERNAL_OAUTH_ADD_PRIVILEGED_ROLES_TO_BLOCKED_LIST",
};
const PRIVILEGED = ["ACCOUNTADMIN", "SECURITYADMIN"];

function effective(context: ExecutionContext, doc: IntegrationDoc, setting: Setting): SettingValue | undefined {
  const value = settingOf(doc, setting);
  const blocking = BLOCKING[setting.name];
  // Who is not on the list of allowed roles needs no blocking.
  if (setting.name === "EXTERNAL_OAUTH_BLOCKED_ROLES_LIST" && doc.settings["EXTERNAL_OAUTH_ALLOWED_ROLES_LIST"]) {
    return value;
  }
  if (blocking === undefined || parameter(context, blocking) !== true) return value;
  return [...new Set([...PRIVILEGED, ...((value as string[] | undefined) ?? [])])];
}

/** What only a cloud could say, such as the user that Snowflake has there, is left out. */
export function describeIntegration(context: ExecutionContext, doc: IntegrationDoc): StatementResult {
  const rows = definitionOf(doc)
    .filter((setting) => !setting.unseen)
    .map((setting): Row => {
      const { type, printedType = TYPE_NAMES[type], default: fallback, printedDefault } = setting;
      const value = effective(context, doc, setting);
      const nothing = printedType === "List" ? "[]" : "";
      const said = printedDefault ?? (fallback === undefined ? nothing : printed(setting, fallback));
      return setting.fingerprint
        ? [`${setting.name}_FP`, printedType, fingerprintOf(value), said]
        : [setting.name, printedType, setting.secret && value ? MASK : printed(setting, value), said];
    });
  return {
    columns: columns("property", "property_type", "property_value", "property_default"),
    rows: [...rows, ["COMMENT", "String", doc.comment ?? "", ""]],
  };
}
