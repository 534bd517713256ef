import type {
  AuthenticationPolicyDoc,
  IntegrationDoc,
  MaskingPolicyDoc,
  NetworkRuleDoc,
  PasswordPolicyDoc,
  RowAccessPolicyDoc,
  SecretDoc,
} from "../../../catalogue/model";
import { isVisible } from "../../../privileges/index";
import { inBrackets } from "../../../settings/definition";
import { CATEGORY, integrationType } from "../../../settings/index";
import { modeOf, valuesOf } from "../../../settings/networkRule";
import { compareText, schemaObjects } from "../scope";
import { count, type ShowTable, text } from "../table";
import { comment, createdOn, database, name, owner, ownerType, schema, TERSE } from "./common";

const named = (doc: { name: string }): string => doc.name;

export const NETWORK_RULES: ShowTable<NetworkRuleDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    owner,
    comment,
    text("type", ({ settings }) => String(settings["TYPE"])),
    text("mode", modeOf),
    count("entries_in_valuelist", (doc) => valuesOf(doc).length),
    ownerType,
  ],
  terse: TERSE,
  items: (context, statement) => schemaObjects(context, statement, "NETWORK_RULE"),
  name: named,
};

/** `[a, b]`, or NULL where none are set. */
export const scopesOf = ({ settings }: SecretDoc): string | null =>
  settings["OAUTH_SCOPES"] === undefined ? null : inBrackets(settings["OAUTH_SCOPES"] as string[]);

/** NULL where there is none, unlike other lists. */
export const commentOrNull = text<SecretDoc>("comment", (doc) => doc.comment ?? null);

export const SECRETS: ShowTable<SecretDoc> = {
  columns: [
    createdOn,
    name,
    schema,
    database,
    owner,
    commentOrNull,
    text("secret_type", ({ settings }) => String(settings["TYPE"])),
    text("oauth_scopes", scopesOf),
    ownerType,
  ],
  terse: TERSE,
  items: (context, statement) => schemaObjects(context, statement, "SECRET"),
  name: named,
};

type PolicyDoc = PasswordPolicyDoc | AuthenticationPolicyDoc | MaskingPolicyDoc | RowAccessPolicyDoc;

export const policiesOf = (kind: PolicyDoc["kind"]): ShowTable<PolicyDoc> => ({
  columns: [
    createdOn,
    name,
    database,
    schema,
    text("kind", () => kind),
    owner,
    comment,
    text("options", (doc) =>
      doc.kind === "MASKING_POLICY" && doc.exemptOtherPolicies !== undefined
        ? JSON.stringify({ EXEMPT_OTHER_POLICIES: doc.exemptOtherPolicies })
        : "",
    ),
    ownerType,
  ],
  terse: TERSE,
  items: (context, statement) => schemaObjects(context, statement, kind),
  name: named,
});

const typeShown = ({ settings }: IntegrationDoc): string =>
  integrationType(String(settings[CATEGORY]), settings)?.shown ?? "";

/** Integrations of one category, or all of them. */
export const integrationsOf = (category?: string): ShowTable<IntegrationDoc> => ({
  columns: [
    name,
    text("type", typeShown),
    text("category", ({ settings }) => String(settings[CATEGORY])),
    text("enabled", isEnabled),
    comment,
    createdOn,
  ],
  items: (context) =>
    context.catalogue
      .all("INTEGRATION")
      .filter((doc) => (!category || doc.settings[CATEGORY] === category) && isVisible(context, doc))
      .sort((a, b) => compareText(a.name, b.name)),
  name: named,
});

function isEnabled({ settings }: IntegrationDoc): boolean {
  const setting = integrationType(String(settings[CATEGORY]), settings)?.settings.find(
    ({ name: own }) => own === "ENABLED",
  );
  return (settings["ENABLED"] ?? setting?.default) === true;
}
