import type { ConnectionDoc, ShareDoc, StreamlitDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { isVisible } from "../../../privileges/index";
import { sharedDatabase } from "../../access/shares";
import { compareText, schemaObjects } from "../scope";
import { type ShowTable, text } from "../table";
import { comment, createdOn, database, name, owner, ownerType, schema, TERSE } from "./common";

const listed = <D extends ShareDoc | ConnectionDoc>(context: ExecutionContext, docs: D[]): D[] =>
  docs.filter((doc) => isVisible(context, doc)).sort((a, b) => compareText(a.name, b.name));

/** `ORG.ACCOUNT` */
const accountName = (context: ExecutionContext): string => {
  const { organizationName, accountName: own } = context.services.account;
  return `${organizationName}.${own}`;
};

export const SHARES: ShowTable<ShareDoc> = {
  columns: [
    createdOn,
    text("kind", () => "OUTBOUND"),
    text("owner_account", (_, context) => accountName(context)),
    name,
    text("database_name", (doc, context) => {
      const id = sharedDatabase(context, doc);
      return id === undefined ? "" : (context.catalogue.get("DATABASE", id)?.name ?? "");
    }),
    text("to", () => ""),
    owner,
    comment,
    text("listing_global_name", () => ""),
    text("secure_objects_only", () => "true"),
  ],
  items: (context) => listed(context, context.catalogue.all("SHARE")),
  name: (doc) => doc.name,
};

export const CONNECTIONS: ShowTable<ConnectionDoc> = {
  columns: [
    text("region_group", () => null),
    text("snowflake_region", (_, context) => context.services.account.region),
    createdOn,
    text("account_name", (_, context) => context.services.account.accountName),
    name,
    text("comment", (doc) => doc.comment ?? null),
    text("is_primary", () => "true"),
    text("primary", (doc, context) => `${accountName(context)}.${doc.name}`),
    text("failover_allowed_to_accounts", (_, context) => `[${accountName(context)}]`),
    text("connection_url", (doc, context) =>
      `${context.services.account.organizationName}-${doc.name}.snowflakecomputing.com`.toLowerCase(),
    ),
    text("organization_name", (_, context) => context.services.account.organizationName),
    text("account_locator", (_, context) => context.services.account.locator),
  ],
  items: (context) => listed(context, context.catalogue.all("CONNECTION")),
  name: (doc) => doc.name,
};

const setting = (column: string, property: string) =>
  text<StreamlitDoc>(column, ({ settings }) => (settings[property] as string | undefined) ?? null);

export const STREAMLITS: ShowTable<StreamlitDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    setting("title", "TITLE"),
    owner,
    text("comment", (doc) => doc.comment ?? null),
    setting("query_warehouse", "QUERY_WAREHOUSE"),
    text("url_id", (doc) => String(doc.id)),
    ownerType,
  ],
  terse: TERSE,
  items: (context, statement) => schemaObjects(context, statement, "STREAMLIT"),
  name: (doc) => doc.name,
};
