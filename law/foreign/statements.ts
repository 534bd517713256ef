import type { ForeignCall } from "./expressions";
import { Names } from "./names";
import { objectStatement } from "./pythonObjects";
import { Reader } from "./reader";
import { snowparkStatements } from "./snowpark";
import { languageOf, tokensOf } from "./tokens";
import { UNKNOWN } from "./values";

/** A statement that a body in another language hands to Snowflake, and where it stands there. */
interface Handed {
  sql: string;
  at: number;
}

/**
 * The statements that a body in another language hands to Snowflake, in the order of the body: texts that begin like one, also
 * when they are put together there from what is known, and what Snowpark and the Python API are told by calls. Those that a
 * reader is only told, in comments, logs and errors, are none.
 */
export function statementsInBody(body: string, languageName: string): string[] {
  const { texts, calls } = readBody(body, languageName);
  const bound = calls.flatMap(withBinds);
  const handed: Handed[] = [
    ...texts.flatMap(({ text, at }) => (BEGINS.test(text) ? [{ sql: text, at }] : [])),
    ...calls.flatMap((call) =>
      [...snowparkStatements(call), ...objectStatement(call)].map((sql) => ({ sql, at: call.at })),
    ),
  ].filter(({ sql }) => !bound.some(({ unbound }) => unbound === sql));
  const inOrder = [...handed, ...bound].sort((a, b) => a.at - b.at);
  return [...new Set(inOrder.map(({ sql }) => withNames(sql)))];
}

function readBody(body: string, languageName: string): Reader {
  const language = languageOf(languageName);
  const tokens = tokensOf(body, language);
  const read = (names: Names): Reader => new Reader(tokens, language, names).read();
  const above = new Names();
  read(above);
  // Once more with what is given below the place where it is used, and again where functions hand on what they are handed.
  const names = new Names(above);
  const once = read(names);
  return names.hands ? read(new Names(names)) : once;
}

/** Calls by which a body runs a text. */
const RUNS = /^(sql|execute(_async|_immediate|_string|many|Query|Update)?|(create|prepare)Statement)$/;

/** Whether a body runs a text of which not even the first word is known, or a file. */
export const runsUnknownText = (body: string, languageName: string): boolean =>
  readBody(body, languageName).calls.some(({ name, args, named }) => {
    if (!RUNS.test(name)) return false;
    const [first] = args;
    const texts = (first?.entries?.get("sqlText") ?? named.get("query") ?? named.get("sqlText") ?? first)?.texts;
    return (
      texts !== undefined && (texts.length === 0 || texts.some((text) => !BEGINS.test(text) || FROM_FILE.test(text)))
    );
  });

const FROM_FILE = /\bEXECUTE\s+IMMEDIATE\s+FROM\b/i;

/** Before a statement there may be comments. */
const BEGINS =
  /^(?:[\s;]|(?:--|\/\/)[^\n]*\n|\/\*[\s\S]*?\*\/)*(?:CREATE|ALTER|DROP|UNDROP|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|COPY|GRANT|CALL|EXECUTE|BEGIN|DECLARE|USE|WITH|SELECT|SHOW|SET)\b/i;

const withNames = (sql: string): string => sql.replaceAll(UNKNOWN, "X");

/** A statement with the values that the call binds to it, where they are known: `IDENTIFIER(?)` is a name then. */
function withBinds({ args, named, at }: ForeignCall): (Handed & { unbound: string })[] {
  const options = args[0]?.entries;
  const sql = args[0]?.texts.length ? args[0] : (options?.get("sqlText") ?? named.get("query"));
  const binds = (options?.get("binds") ?? named.get("params") ?? args[1])?.items;
  if (!sql || !binds?.some(({ texts }) => texts.length > 0)) return [];
  return sql.texts
    .filter((text) => BEGINS.test(text) && /\?|:\d/.test(text))
    .map((unbound) => {
      let next = 0;
      const bound = unbound.replace(/'(?:[^']|'')*'|\?|:(\d+)/g, (mark, number?: string) => {
        if (mark.startsWith("'")) return mark;
        const text = binds[number === undefined ? next++ : Number(number) - 1]?.texts[0];
        return text === undefined ? mark : `'${text.replaceAll("'", "''")}'`;
      });
      return { sql: bound, unbound, at };
    });
}
