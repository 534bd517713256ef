import { compilationError } from "../../errors";
import { fromCanonical, toCanonical } from "./canonical";
import { type JsonNode, NumberNode, ObjectNode, Undefined } from "./node";

/** The steps of a path text as GET_PATH and FLATTEN read it: `a.b[0]['c']`. */
export function pathSteps(path: string): (string | number)[] {
  const steps: (string | number)[] = [];
  const step =
    /\s*(?:[.:]?([A-Za-z_][\w$]*)|[.:]?"((?:[^"]|"")*)"|\[\s*(?:(\d+)|'((?:[^']|'')*)'|"((?:[^"]|"")*)")\s*\])\s*/y;
  while (step.lastIndex < path.length) {
    const at = step.lastIndex;
    const m = step.exec(path);
    if (!m) throw compilationError("001015", "22023", `Invalid extraction path '${path}' at position ${at}`);
    if (m[3] !== undefined) steps.push(Number(m[3]));
    else
      steps.push(
        m[1] ?? m[2]?.replaceAll('""', '"') ?? m[4]?.replaceAll("''", "'") ?? (m[5] as string).replaceAll('""', '"'),
      );
  }
  return steps;
}

export function follow(node: JsonNode, steps: readonly (string | number)[]): JsonNode | undefined {
  let at: JsonNode | undefined = node;
  for (const step of steps) {
    if (typeof step === "number") at = Array.isArray(at) ? at[step] : undefined;
    else at = at instanceof ObjectNode ? at.entries.get(step) : undefined;
    if (at === undefined) return undefined;
  }
  return at instanceof Undefined ? undefined : at;
}

export function getPath(stored: string, path: string): string | null {
  const found = follow(fromCanonical(stored), pathSteps(path));
  return found === undefined ? null : toCanonical(found);
}

/** GET with a key or place that is itself a VARIANT. */
export function getBy(stored: string, key: string): string | null {
  const step = fromCanonical(key);
  const by = typeof step === "string" ? step : step instanceof NumberNode ? Math.trunc(Number(step.text)) : undefined;
  const found = by === undefined ? undefined : follow(fromCanonical(stored), [by]);
  return found === undefined ? null : toCanonical(found);
}

/** `path` continued by a key, as FLATTEN's PATH shows it. */
export const pathWithKey = (path: string, key: string): string => {
  if (!/^[A-Za-z_][\w$]*$/.test(key)) return `${path}['${key.replaceAll("'", "\\'")}']`;
  return path === "" ? key : `${path}.${key}`;
};

export interface FlatRow {
  k: string | null;
  p: string;
  i: bigint | null;
  v: string;
  t: string;
}

/** The rows of FLATTEN. */
export function flattenRows(stored: string, path: string, recursive: boolean, mode: string): FlatRow[] {
  const rows: FlatRow[] = [];
  const walk = (node: JsonNode, at: string) => {
    const own = Array.isArray(node) || node instanceof ObjectNode ? toCanonical(node) : "";
    const visit = (value: JsonNode, key: string | null, index: number | null, wanted: boolean) => {
      if (value instanceof Undefined) return;
      const below = key === null ? `${at}[${index}]` : pathWithKey(at, key);
      // What the mode leaves out is not gone into either.
      if (!wanted) return;
      rows.push({ k: key, p: below, i: index === null ? null : BigInt(index), v: toCanonical(value), t: own });
      if (recursive) walk(value, below);
    };
    if (Array.isArray(node)) for (const [i, value] of node.entries()) visit(value, null, i, mode !== "OBJECT");
    else if (node instanceof ObjectNode)
      for (const [key, value] of node.entries) visit(value, key, null, mode !== "ARRAY");
  };
  walk(fromCanonical(stored), path);
  return rows;
}
