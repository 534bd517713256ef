import { constantVariables, type Name, type Statement } from "../../dialect/index";
import type { EnclosingRoutine, Source } from "./act";
import { assignments } from "./assignments";
import type { CallersRights } from "./callersRights";
import type { AnyNode } from "./children";
import { DYNAMIC, type Namespace, nameParts, printResolved, type ResolvedName, resolveObject } from "./names";
import { Session } from "./session";

/** Where a statement stands while acts are collected. */
export interface Scope {
  source: Source;
  namespace: Namespace;
  within: string[];
  routine?: EnclosingRoutine;
  constants: Constants;
  session: Session;
  rights: CallersRights;
  /** Set inside a text that was put together: findings point here. */
  spanInSource?: { start: number; end: number };
  depth: number;
  /** How many texts within texts were met so far, in all of the source. */
  texts: { within: number };
  /** At a procedure that a block declares or a CALL brings along: it acts for the routine around it. */
  declared?: boolean;
  /** In a body of another language. */
  foreign?: boolean;
  /** In a text that a CALL hands to this procedure. */
  handedTo?: ResolvedName;
}

/** What variables hold, found out when it is asked for: most statements never ask. */
export interface Constants {
  get(name: string): string | undefined;
  assigned(name: string): readonly AnyNode[];
}

const NOTHING: readonly AnyNode[] = [];

export const constantsOf = (
  root: () => AnyNode,
  parameters: readonly string[] = [],
  outer: Constants | undefined = undefined,
): Constants => {
  let known: ReadonlyMap<string, string> | undefined;
  let values: ReadonlyMap<string, AnyNode[]> | undefined;
  return {
    get(name) {
      known ??= constantVariables(root(), parameters);
      return known.get(name) ?? outer?.get(name);
    },
    assigned(name) {
      values ??= assignments(root());
      const own = values.get(name) ?? NOTHING;
      const others = outer?.assigned(name) ?? NOTHING;
      return others.length === 0 ? own : [...own, ...others];
    },
  };
};

/** What a text sets once, to a literal: session variables, and the variables of the body that it is. */
export const textConstants = (statements: Statement[], parameters?: readonly string[]): Constants =>
  constantsOf(() => ({ kind: "Flow", span: { start: 0, end: 0 }, statements }) as Statement, parameters);

/** The text of a variable where the scope stands now. */
export function constantIn({ constants, session }: Scope): (name: string) => string | undefined {
  const isKnown = session.isKnown();
  return (name) => (isKnown(name) ? constants.get(name) : undefined);
}

/** Names in a body resolve in the schema of the object that has the body. */
export function inside(scope: Scope, node: AnyNode, name: Name): Scope {
  const parts = nameParts(name, constantIn(scope));
  // It runs in a session of its own, or in one that is not known here, and for no routine that makes it.
  const own = { ...scope, session: new Session(), routine: undefined };
  if (parts === DYNAMIC) return { ...own, namespace: {}, within: [...scope.within, describe(node, "…")] };
  const resolved = resolveObject(parts, scope.namespace);
  return {
    ...own,
    namespace: { ...scope.namespace, database: resolved.database, schema: resolved.schema },
    within: [...scope.within, describe(node, printResolved(resolved))],
  };
}

function describe(node: AnyNode, name: string): string {
  const words: Record<string, string> = {
    CreateProcedure: "procedure",
    CreateTask: "task",
    CreateAlert: "alert",
    CreateView: "view",
    CreateDynamicTable: "dynamic table",
  };
  const kind = node.kind === "Alter" ? node.objectType.toLowerCase() : (words[node.kind] ?? node.kind);
  return `${kind} ${name}`;
}
