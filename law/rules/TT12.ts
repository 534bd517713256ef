import {
  constantText,
  type Expression,
  type Property,
  type PropertyValue,
  type Unmodelled,
  type UnmodelledAction,
} from "../../dialect/index";
import type { Act } from "../acts/act";
import { type AnyNode, ownNodes } from "../acts/children";
import type { Breach, Rule } from "../rule";

/** Properties whose value is a secret. Public keys and names of secrets are not. */
const SECRET =
  /^(PASSWORD|ADMIN_PASSWORD|SECRET_STRING|TOKEN|BEARER_TOKEN|PRIVATE_KEY|PRIVATE_KEY_PASSPHRASE|MASTER_KEY|AWS_SECRET_KEY|AWS_TOKEN|AZURE_SAS_TOKEN|OAUTH_CLIENT_SECRET|OAUTH_REFRESH_TOKEN|CLIENT_SECRET|API_KEY|SAML2_X509_CERT_KEY)$/;

/** Headers of calls to other services by which the caller shows who he is, in quotes as they are written. */
const HEADER = /^'((proxy-)?authorization|(x-)?(api|access|auth|functions)-?(key|token))'$/i;

/** Stands in a header for a secret that Snowflake keeps. https://docs.snowflake.com/en/sql-reference/sql/create-notification-integration-webhooks */
const PLACEHOLDER = /SNOWFLAKE_WEBHOOK_SECRET/;

/** Addresses of other services whose path is the secret, and the key that PagerDuty's messages carry. */
const ADDRESS =
  /^https:\/\/(hooks\.slack\.com\/(services|workflows|triggers)\/|[^/]+\.webhook\.office\.com\/webhookb2\/|[^/]+\.logic\.azure\.com[:/]|[^/]+\.powerplatform\.com[:/])/i;
const ROUTING_KEY = /"routing_key"\s*:\s*"[^"]+"/i;

/** An address with a password before the host, or with the signature of an Azure SAS token or of a presigned S3 address. */
const SIGNED = /^[a-z][a-z0-9+.-]*:\/\/([^/?#\s:@]+:[^/?#\s@]+@|\S*[?&](sig|X-Amz-Signature)=[^&\s]+)/i;

/** A secret in a statement that has no tree, such as ALTER STREAMLIT … PUSH. */
const UNREAD_SECRET = /\b(PASSWORD|SECRET_STRING|PRIVATE_KEY|CLIENT_SECRET|API_KEY)\s*=\s*'[^']+'/i;

/** Secrets never stand in SQL text. */
export const TT12: Rule = {
  code: "TT12",
  title: "Secrets never stand in SQL text or in plain stack configuration.",
  severity: "error",
  why:
    "SQL text is in the repository, in the state, in the query history and in every log. What stands there is no secret any more. " +
    "The same holds for Pulumi.yaml and Pulumi.<stack>.yaml: `npm run law` reads them beside SQL files and takes for a secret what is " +
    "called one (password, token, privateKey, …) or is a private key, unless it stands encrypted under `secure`.",
  examples: {
    fail: [
      "CREATE USER BOB PASSWORD = 'hunter2hunter2';",
      "ALTER USER BOB SET PASSWORD = 'Correct.Horse.1';",
      "CREATE SECRET CLAUDE_BI.MCP.S TYPE = GENERIC_STRING SECRET_STRING = 'abc';",
      "CREATE STAGE CLAUDE_BI.MCP.S URL = 's3://b' CREDENTIALS = (AWS_KEY_ID = 'a' AWS_SECRET_KEY = 'b');",
      "CREATE NOTIFICATION INTEGRATION N TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = 'https://hooks.slack.com/services/T0/B0/x';",
    ],
    pass: [
      "CREATE USER BOB RSA_PUBLIC_KEY = 'MIIB' DEFAULT_ROLE = MCP_USER_ROLE;",
      "CREATE USER BOB MUST_CHANGE_PASSWORD = TRUE;",
      "CREATE NOTIFICATION INTEGRATION N TYPE = WEBHOOK ENABLED = TRUE WEBHOOK_URL = 'https://hooks.slack.com/services/SNOWFLAKE_WEBHOOK_SECRET' WEBHOOK_SECRET = CLAUDE_BI.MCP.S;",
      "SELECT 'PASSWORD = ''x''' AS HOW_TO;",
    ],
  },
  check(act) {
    const breaches: Breach[] = [];
    if (act.statement.kind === "Query") return [];
    for (const node of ownNodes(act.statement)) {
      const property = node as unknown as Property;
      breaches.push(...inUnreadText(node));
      if ((property.kind as string) !== "Property") continue;
      if (!(SECRET.test(property.name) || HEADER.test(property.name) || holdsSecret(property, act))) continue;
      if (!isWritten(property.value, act)) continue;
      breaches.push({
        message: `${property.name} stands in the text.`,
        fix: FIX,
        span: property.span,
        secret: true,
      });
    }
    return breaches;
  },
};

/** https://docs.snowflake.com/en/user-guide/notifications/webhook-notifications */
function holdsSecret({ name, value }: Property, act: Act): boolean {
  const text = value && constantText(value as Expression, act.constantOf);
  if (text === undefined) return false;
  const pattern = name === "WEBHOOK_URL" ? ADDRESS : name === "WEBHOOK_BODY_TEMPLATE" ? ROUTING_KEY : undefined;
  return pattern?.test(text) || SIGNED.test(text);
}

function inUnreadText(node: AnyNode): Breach[] {
  const { kind, text } = node as unknown as UnmodelledAction | Unmodelled;
  const match = kind === "Unmodelled" || kind === "UnmodelledAction" ? UNREAD_SECRET.exec(text) : null;
  if (!match) return [];
  return [
    {
      message: `${match[1]?.toUpperCase()} stands in the text.`,
      fix: FIX,
      span: { start: node.span.start + match.index, end: node.span.start + match.index + match[0].length },
      secret: true,
    },
  ];
}

const FIX = "Use key pairs or a Pulumi secret that the provider hands over as a typed property.";

/** A value of the text itself, also by way of a variable that is set to it; what only run time knows is lawful. */
function isWritten(value: PropertyValue | undefined, act: Act): boolean {
  const text = value && constantText(value as Expression, act.constantOf);
  return text !== undefined && text !== "" && !PLACEHOLDER.test(text);
}
