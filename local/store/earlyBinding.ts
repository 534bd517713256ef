import { lambdaName } from "../translate/sql";

const TEXT = `'[^']*'|"[^"]*"`;
/** DuckDB's functions of arguments of any type: they wait for the values of parameters among these, and the whole statement with them. */
const WAITING = new RegExp(`${TEXT}|\\b((?:to_json|json_array)\\()`, "g");
const PUNCTUATION = new RegExp(`${TEXT}|[([{]|[)\\]}]|,`, "g");
const PARAMETER = /\$\d/;

/**
 * The same statement, in which such functions take variables of lambdas where their arguments have parameters: DuckDB then knows
 * the statement's types when it is prepared, and does not plan it anew at each run.
 */
export function boundEarly(sql: string): string {
  const parts: string[] = [];
  let from = 0;
  const search = new RegExp(WAITING);
  for (let found = search.exec(sql); found; found = search.exec(sql)) {
    const opening = found[1];
    if (opening === undefined) continue;
    const { given, end } = argumentsAt(sql, search.lastIndex);
    parts.push(sql.slice(from, found.index), boundCall(opening, given));
    from = end;
    search.lastIndex = end;
  }
  return parts.join("") + sql.slice(from);
}

function boundCall(opening: string, given: readonly string[]): string {
  const held: { name: string; value: string }[] = [];
  const kept = given.map((argument) => {
    const value = boundEarly(argument);
    if (!PARAMETER.test(value.replace(new RegExp(TEXT, "g"), ""))) return value;
    const name = lambdaName(value);
    held.push({ name, value });
    return name;
  });
  return held.reduce(
    (body, { name, value }) => `list_transform([${value}], lambda ${name}: ${body})[1]`,
    `${opening}${kept.join(",")})`,
  );
}

/** @param start behind the opening parenthesis; `end` is behind the closing one */
function argumentsAt(sql: string, start: number): { given: string[]; end: number } {
  const given: string[] = [];
  const search = new RegExp(PUNCTUATION);
  search.lastIndex = start;
  let from = start;
  for (let depth = 0; ; ) {
    const [token = ")"] = search.exec(sql) ?? [];
    if ("([{".includes(token)) depth++;
    else if (token === "," ? depth === 0 : ")]}".includes(token) && depth-- === 0) {
      given.push(sql.slice(from, search.lastIndex - 1));
      from = search.lastIndex;
      if (token !== ",") return { given, end: from };
    }
  }
}
