import {
  constantText,
  type Expression,
  type Identifier,
  type NamedArgument,
  type Property,
  type PropertyValue,
  SECRET_PROPERTIES,
  type Unmodelled,
  type UnmodelledAction,
} from "../../dialect/index";
import type { Act } from "../acts/act";
import { type AnyNode, ownNodes } from "../acts/children";
import { type CodeSecret, isSecretVariable, privateKeys, secretsInBody } from "../codeSecrets";
import { isPlainSecret, secretsFilledIn, secretsInSpecification } from "../plainSecret";
import { propertyText } from "../properties";
import type { Breach, Rule } from "../rule";
import { isSecretAddress, isSignedAddress, WEBHOOK_SECRET } from "../secretAddress";

/** Headers of calls to other services by which the caller shows who he is, in quotes as they are written. */
const HEADER = /^'((proxy-)?authorization|(x-)?(api|access|auth|functions)-?(key|token))'$/i;

/** The key that PagerDuty's messages carry. */
const ROUTING_KEY = /"routing_key"\s*:\s*"[^"]+"/i;

/** A secret in a statement that has no tree, such as ALTER STREAMLIT … PUSH. */
const UNREAD_SECRET = new RegExp(`\\b(${[...SECRET_PROPERTIES].join("|")})\\s*=\\s*'[^']+'`, "i");

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
      "CREATE SERVICE OTHER_DB.PUBLIC.S IN COMPUTE POOL P FROM SPECIFICATION $$ spec: {containers: [{name: a, image: i, env: {API_KEY: abc}}]} $$;",
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
    if (act.statement.kind === "Query") return privateKeys(act).map(inCode);
    breaches.push(...inLocation(act), ...inFunctionAddress(act), ...inBody(act).map(inCode));
    for (const node of ownNodes(act.statement)) {
      const property = node as unknown as Property;
      breaches.push(...inUnreadText(node), ...inSpecification(node, act), ...inVariable(node));
      if ((property.kind as string) !== "Property") continue;
      if (!(SECRET_PROPERTIES.has(property.name) || HEADER.test(property.name) || holdsSecret(property, act))) continue;
      if (!isWritten(property.value, act) && !isWordForText(property, act)) continue;
      breaches.push({
        message: `${property.name} stands in the text.`,
        fix: FIX,
        span: property.span,
        secret: true,
      });
    }
    const told = ({ span }: CodeSecret) =>
      breaches.some((one) => one.span && one.span.start <= span.start && span.end <= one.span.end);
    return [
      ...breaches,
      ...privateKeys(act)
        .filter((key) => !told(key))
        .map(inCode),
    ];
  },
};

const inBody = (act: Act): CodeSecret[] =>
  act.statement.kind === "CreateProcedure" || act.statement.kind === "CreateFunction"
    ? secretsInBody(act.statement, act)
    : [];

const inCode = ({ message, span }: CodeSecret): Breach => ({
  message,
  fix: "Keep it as a SECRET of Snowflake, which code reads by name; give up the one that was here.",
  span,
  secret: true,
});

/** https://docs.snowflake.com/en/user-guide/notifications/webhook-notifications */
function holdsSecret({ name, value }: Property, act: Act): boolean {
  if (value?.kind === "PropertyList")
    return value.items.some((item) => item.kind === "StringLiteral" && isSignedAddress(item.value));
  const text = value && constantText(value as Expression, act.constantOf);
  if (text === undefined) return false;
  if (name === "WEBHOOK_BODY_TEMPLATE" && ROUTING_KEY.test(text)) return true;
  return name === "WEBHOOK_URL" ? isSecretAddress(text) : isSignedAddress(text);
}

/** The address that an external function sends its rows to. */
function inFunctionAddress({ statement }: Act): Breach[] {
  if (statement.kind !== "CreateFunction" || !statement.external) return [];
  const { body } = statement;
  if (body === undefined || !isSecretAddress(body.text)) return [];
  return [{ message: "The address of an external function holds a secret.", fix: FIX, span: body.span, secret: true }];
}

/** A place of files that is written out with its key. */
function inLocation({ statement }: Act): Breach[] {
  const place =
    statement.kind === "CopyIntoTable"
      ? statement.from
      : statement.kind === "CopyIntoLocation"
        ? statement.location
        : undefined;
  return place?.kind === "StringLiteral" && isSignedAddress(place.value)
    ? [{ message: "The address of these files holds a secret.", fix: FIX, span: place.span, secret: true }]
    : [];
}

/** A variable that is called a secret and is set to one in the text. */
function inVariable(node: AnyNode): Breach[] {
  const given: [Identifier, AnyNode | undefined][] =
    node.kind === "SetVariable"
      ? node.names.map((name, index) => [name, node.values[index]])
      : node.kind === "VariableDeclaration"
        ? [[node.name, node.value as AnyNode | undefined]]
        : node.kind === "VariableAssignment"
          ? [[node.target, node.value as AnyNode]]
          : [];
  return given
    .filter(
      ([name, value]) => isSecretVariable(name.value) && value?.kind === "StringLiteral" && /^\S+$/.test(value.value),
    )
    .map(([name, value]) => ({
      message: `${name.value} is set in the text.`,
      fix: FIX,
      span: { start: name.span.start, end: value!.span.end },
      secret: true,
    }));
}

/** What a service is told to run with: variables of its containers, and what its template is filled with. */
function inSpecification(node: AnyNode, { statement }: Act): Breach[] {
  const said = node as unknown as Property | Unmodelled | UnmodelledAction | NamedArgument;
  if (said.kind === "NamedArgument") {
    const { name, value } = said;
    const written =
      isServiceStatement(statement) && value.kind === "StringLiteral" && isPlainSecret(name.value, value.value);
    return written ? [told(name.text, said.span)] : [];
  }
  const specification = specificationOf(said);
  if (specification === undefined) return [];
  const { text, start } = specification;
  const filledIn = said.kind === "Property" ? [] : secretsFilledIn(text);
  return [...secretsInSpecification(text), ...filledIn].map(({ key, at }) => {
    const from = start === undefined ? undefined : start + at;
    return told(key, from === undefined ? said.span : { start: from, end: from + key.length });
  });
}

/** The text of a specification, and where it begins when it stands there as it is. */
function specificationOf(said: Property | Unmodelled | UnmodelledAction): { text: string; start?: number } | undefined {
  if (said.kind === "Property") {
    const { name, value } = said;
    if (!/^(FROM )?SPECIFICATION(_TEMPLATE)?$/.test(name) || value?.kind !== "StringLiteral") return undefined;
    return { text: value.value, ...(value.quoting === "dollar" && { start: value.span.start + "$$".length }) };
  }
  if (!/^Unmodelled(Action)?$/.test(said.kind)) return undefined;
  const before = SPECIFICATION.exec(said.text);
  if (!before) return undefined;
  const begins = before.index + before[0].length;
  return { text: said.text.slice(begins), start: said.span.start + begins };
}

const SPECIFICATION = /\bSPECIFICATION(?:_TEMPLATE)?\b/i;

const isServiceStatement = (statement: Act["statement"]): boolean =>
  statement.kind === "ExecuteJobService" || ("objectType" in statement && /SERVICE$/.test(statement.objectType ?? ""));

const told = (key: string, span: Breach["span"]): Breach => ({
  message: `${key} stands in the specification of a service.`,
  fix: "Keep it as a SECRET of Snowflake and name it under `secrets` of the container.",
  span,
  secret: true,
});

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

/** Secrets that Snowflake takes as texts alone; others may be named by an object that holds them. */
const TEXTS_ALONE = /^((ADMIN_)?PASSWORD|SECRET_STRING|AWS_SECRET_KEY|AWS_TOKEN|AZURE_SAS_TOKEN|MASTER_KEY)$/;

/** `PASSWORD = "x"`, `PASSWORD = x`: Snowflake takes no word there, and the secret is written down all the same. */
function isWordForText({ name, value }: Property, { assignedTo, routine }: Act): boolean {
  if (!TEXTS_ALONE.test(name) || value === undefined || !WORDS.has(value.kind)) return false;
  const word = propertyText(value);
  return word !== undefined && assignedTo(word).length === 0 && !routine?.parameters.includes(word);
}

const WORDS: ReadonlySet<string> = new Set<PropertyValue["kind"]>(["Keyword", "ObjectName", "ColumnReference"]);

/** A value of the text itself, also by way of a variable that is set to it; what only run time knows is lawful. */
function isWritten(value: PropertyValue | undefined, act: Act): boolean {
  if (value?.kind === "PropertyList") return true;
  const text = value && constantText(value as Expression, act.constantOf);
  return text !== undefined && text !== "" && !WEBHOOK_SECRET.test(text);
}
