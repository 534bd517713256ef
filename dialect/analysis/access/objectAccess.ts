import type { Node } from "../../ast/index";
import { children, visit } from "../../visitor";
import { constantVariables } from "../constants/constantVariables";
import type { AccessRule, Walk } from "./accessRule";
import { definitions } from "./definitions";
import { expressions } from "./expressions";
import { manipulation } from "./manipulation";
import type { ObjectAccess } from "./objectUse";
import { queries } from "./queries";
import { routines } from "./routines";
import { Collector } from "./scope";

// biome-ignore lint/suspicious/noExplicitAny: each rule takes the node of its own kind
type AnyRule = AccessRule<any>;

const RULES = new Map<string, AnyRule>(
  Object.entries({ ...queries, ...expressions, ...manipulation, ...definitions, ...routines }),
);

export interface AccessOptions {
  /** Texts of variables that are known from elsewhere, such as session variables (`$NAME`). */
  constants?: ReadonlyMap<string, string>;
}

/**
 * The objects that a statement reads and writes, wherever they hide: in subqueries, blocks and handlers, nested
 * procedures, flow chains, EXECUTE IMMEDIATE of texts that are known, and in the bodies of procedures, functions, views,
 * tasks, alerts, policies and pipes, which `within` tells apart. Common table expressions, aliases, cursors and Snowflake's
 * own functions are no objects. GRANT, SHOW, DESCRIBE, USE and EXPLAIN use no object's content and are left out.
 */
export function objectAccess(statement: Node, options: AccessOptions = {}): ObjectAccess {
  const found = new Collector();
  const known = new Map([...(options.constants ?? []), ...constantVariables(statement)]);
  // Long chains of operators are deep trees: what no rule reads is kept in a list and not on the stack.
  const walk: Walk = (root, scope) => {
    const pending = [root];
    for (let node = pending.pop(); node !== undefined; node = pending.pop())
      if (RULES.get(node.kind)?.(node, scope, found, walk) !== true)
        for (const child of children(node).reverse()) pending.push(child);
  };
  walk(statement, {
    tables: new Set(),
    within: [],
    constantOf: (name) => known.get(name),
    resultSets: resultSetsIn(statement),
    texts: 0,
  });
  return { uses: found.uses, opaque: found.opaque };
}

/** The names that are declared as result sets and as nothing else. */
function resultSetsIn(statement: Node): ReadonlySet<string> {
  const names = new Set<string>();
  const others = new Set<string>();
  visit(statement, {
    ResultSetDeclaration: (node) => void names.add(node.name.value),
    VariableDeclaration: (node) => void others.add(node.name.value),
    CreateProcedure({ parameters }) {
      for (const { name } of parameters) others.add(name.value);
    },
    Query: () => false,
  });
  return new Set([...names].filter((name) => !others.has(name)));
}
