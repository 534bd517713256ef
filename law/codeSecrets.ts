import type { CreateFunction, CreateProcedure } from "../dialect/index";
import type { Act, Source } from "./acts/act";
import { type AnyNode, allNodes, ownNodes } from "./acts/children";

/** Names of variables whose value is a secret. A `token` alone may be one of a text that is read. */
const SECRET_VARIABLE =
  /(^|_)(PASSWORD|PASSPHRASE|SECRET|(API|ACCESS|PRIVATE|MASTER|SECRET)_?KEY|(API|AUTH|ACCESS|BEARER|REFRESH|OAUTH)_?TOKEN)$/;

/** `client_secret`, `clientSecret`, `CLIENT_SECRET`. */
export const isSecretVariable = (name: string): boolean =>
  SECRET_VARIABLE.test(name.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase());

/** `password = "x"`, `apiKey: 'x'`, `{"client_secret": "x"}`; what is filled in at run time is none. */
const GIVEN = /(["']?)([A-Za-z_$][\w$]*)\1\s*(?::=|[:=](?!=))\s*(["'`])(?!\$?\{)([^"'`\s]+)\3/g;

/** A private key with what makes it one: its head alone is what programs look for. */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\\n|["'+\s])*[A-Za-z0-9+/=]{40}/g;

export interface CodeSecret {
  message: string;
  span: { start: number; end: number };
}

/** Secrets that are written down in a body of another language. */
export function secretsInBody({ body, language }: CreateProcedure | CreateFunction, { source }: Act): CodeSecret[] {
  if (!body || language === "SQL") return [];
  const { text, span } = body;
  const within = source.text.slice(span.start, span.end).indexOf(text);
  const place = (at: number, length: number) =>
    within < 0 ? span : { start: span.start + within + at, end: span.start + within + at + length };
  const given = [...text.matchAll(GIVEN)]
    .filter(([, , name = ""]) => isSecretVariable(name))
    .map(({ 0: whole, 2: name, index }) => ({
      message: `${name} is set in the body.`,
      span: place(index, whole.length),
    }));
  const keys = [...text.matchAll(PRIVATE_KEY)].map(({ 0: whole, index }) => ({
    message: KEY,
    span: place(index, whole.length),
  }));
  return [...given, ...keys];
}

const KEY = "A private key stands in the text.";

/** Private keys in texts, wherever they stand in a statement. */
export function privateKeys({ statement, source, spanInSource }: Act): CodeSecret[] {
  if (spanInSource === undefined && !holdsKey(source)) return [];
  const nodes: AnyNode[] = statement.kind === "Query" ? allNodes(statement) : ownNodes(statement);
  return nodes.flatMap((node) =>
    node.kind === "StringLiteral" && new RegExp(PRIVATE_KEY, "").test(node.value)
      ? [{ message: KEY, span: node.span }]
      : [],
  );
}

const known = new WeakMap<Source, boolean>();

/** A text is asked for by each of its statements. */
function holdsKey(source: Source): boolean {
  const found = known.get(source) ?? source.text.includes("PRIVATE KEY-----");
  known.set(source, found);
  return found;
}
