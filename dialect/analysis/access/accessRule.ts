import type { Node } from "../../ast/index";
import type { Collector, Scope } from "./scope";

/** Goes through a node and everything below it. */
export type Walk = (node: Node, scope: Scope) => void;

/** Notes what a node uses by itself; answers true when it has gone through the nodes below as well. */
export type AccessRule<N> = (node: N, scope: Scope, found: Collector, walk: Walk) => unknown;
