import type { Block, Statement } from "../../dialect/index";
import { type AnyNode, childNodes, someStatement } from "./children";
import type { Namespace } from "./names";

/** Statements of which some part may run, may not, or may run again. */
export type Branching = Extract<
  Statement,
  { kind: "If" | "CaseStatement" | "ForCursor" | "ForCounter" | "While" | "Repeat" | "Loop" }
>;

const BRANCHING = new Set(["If", "CaseStatement", "ForCursor", "ForCounter", "While", "Repeat", "Loop"]);

export const isBranching = (node: AnyNode): node is Branching => BRANCHING.has(node.kind);

export const isLoop = (node: Branching): boolean => node.kind !== "If" && node.kind !== "CaseStatement";

/** The parts of a statement of which each runs or does not, by itself. */
export function branchesOf(node: Branching): AnyNode[][] {
  if (node.kind !== "If" && node.kind !== "CaseStatement") return [childNodes(node)];
  return [...node.branches.map(({ condition, statements }) => [condition, ...statements]), node.otherwise ?? []];
}

/** The parts of a block that run in turn when nothing goes wrong. */
export const mainPart = (block: Block): AnyNode[] =>
  childNodes(block).filter((child) => (child.kind as string) !== "ExceptionHandler");

/** Whether running a node may change what unqualified names mean behind it. */
export const mayMoveNamespace = (node: AnyNode): boolean => someStatement(node, movesNamespace);

function movesNamespace(node: AnyNode): boolean {
  if (node.kind === "Use") return node.type !== "ROLE" && node.type !== "WAREHOUSE";
  if (node.kind === "ExecuteImmediate") return !node.statements;
  return node.kind === "CreateDatabase" || node.kind === "CreateSchema";
}

/** What is known where several ways come together: only what all of them agree on. */
export function meet(ways: readonly Namespace[]): Namespace {
  const [first, ...others] = ways;
  const agreed = (part: "database" | "schema"): string | undefined =>
    others.every((other) => other[part] === first?.[part]) ? first?.[part] : undefined;
  const ignoreCase = ways.some((way) => way.ignoreCase);
  return { database: agreed("database"), schema: agreed("schema"), ignoreCase };
}
