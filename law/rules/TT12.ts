import { constantText, type Expression, type Property, type PropertyValue } from "../../dialect/index";
import type { Act } from "../acts/act";
import { ownNodes } from "../acts/children";
import type { Breach, Rule } from "../rule";

/** Properties whose value is a secret. Public keys and names of secrets are not. */
const SECRET =
  /^(PASSWORD|ADMIN_PASSWORD|SECRET_STRING|TOKEN|BEARER_TOKEN|PRIVATE_KEY|PRIVATE_KEY_PASSPHRASE|MASTER_KEY|AWS_SECRET_KEY|AWS_TOKEN|AZURE_SAS_TOKEN|OAUTH_CLIENT_SECRET|OAUTH_REFRESH_TOKEN|CLIENT_SECRET|API_KEY|SAML2_X509_CERT_KEY)$/;

/** Secrets never stand in SQL text. */
export const TT12: Rule = {
  code: "TT12",
  title: "Secrets never stand in SQL text or in plain stack configuration.",
  severity: "error",
  why: "SQL text is in the repository, in the state, in the query history and in every log. What stands there is no secret any more.",
  examples: {
    fail: [
      "CREATE USER BOB PASSWORD = 'hunter2hunter2';",
      "ALTER USER BOB SET PASSWORD = 'Correct.Horse.1';",
      "CREATE SECRET CLAUDE_BI.MCP.S TYPE = GENERIC_STRING SECRET_STRING = 'abc';",
      "CREATE STAGE CLAUDE_BI.MCP.S URL = 's3://b' CREDENTIALS = (AWS_KEY_ID = 'a' AWS_SECRET_KEY = 'b');",
    ],
    pass: [
      "CREATE USER BOB RSA_PUBLIC_KEY = 'MIIB' DEFAULT_ROLE = MCP_USER_ROLE;",
      "CREATE USER BOB MUST_CHANGE_PASSWORD = TRUE;",
      "SELECT 'PASSWORD = ''x''' AS HOW_TO;",
    ],
  },
  check(act) {
    const breaches: Breach[] = [];
    if (act.statement.kind === "Query") return [];
    for (const node of ownNodes(act.statement)) {
      const property = node as unknown as Property;
      if ((property.kind as string) !== "Property" || !SECRET.test(property.name) || !isWritten(property.value, act))
        continue;
      breaches.push({
        message: `${property.name} stands in the text.`,
        fix: "Use key pairs or a Pulumi secret that the provider hands over as a typed property.",
        span: property.span,
        secret: true,
      });
    }
    return breaches;
  },
};

/** A value of the text itself, also by way of a variable that is set to it; what only run time knows is lawful. */
function isWritten(value: PropertyValue | undefined, act: Act): boolean {
  const text = value && constantText(value as Expression, act.constantOf);
  return text !== undefined && text !== "";
}
