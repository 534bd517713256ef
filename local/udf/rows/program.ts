import { unsupportedFeature } from "../../errors";
import type { RowPattern } from "./pattern";

/** A step of a compiled pattern; `split` prefers its first way. */
export type Step =
  | { kind: "row"; symbol: string; excluded: boolean }
  | { kind: "split"; first: number; second: number }
  | { kind: "jump"; to: number }
  /** Around a repeated part that may take no row: `advance` fails unless a row was taken since `enter`. */
  | { kind: "enter" | "advance" }
  | { kind: "start" | "end" | "match" };

const MOST_STEPS = 20_000;

/** Compiles a row pattern; repetitions with a number are written out. */
export function compilePattern(pattern: RowPattern): Step[] {
  const steps: Step[] = [];
  const add = <S extends Step>(step: S): S => {
    if (steps.length >= MOST_STEPS) throw unsupportedFeature("PATTERN whose repetitions are this many");
    steps.push(step);
    return step;
  };

  const split = (reluctant: boolean): { leadOut(to: number): void } => {
    const step = add({ kind: "split", first: 0, second: 0 } as Extract<Step, { kind: "split" }>);
    const inside = steps.length;
    const set = (to: number) =>
      Object.assign(step, reluctant ? { first: to, second: inside } : { first: inside, second: to });
    return { leadOut: set };
  };

  /** One more time, which must take a row: else it would only be the same place again. */
  function again(part: RowPattern, excluded: boolean): void {
    const mayBeEmpty = takesNothing(part);
    if (mayBeEmpty) add({ kind: "enter" });
    compile(part, excluded);
    if (mayBeEmpty) add({ kind: "advance" });
  }

  function compile(node: RowPattern, excluded: boolean): void {
    switch (node.kind) {
      case "symbol":
        add({ kind: "row", symbol: node.name, excluded });
        return;
      case "start":
      case "end":
        add({ kind: node.kind });
        return;
      case "excluded":
        compile(node.part, true);
        return;
      case "sequence":
        for (const part of node.parts) compile(part, excluded);
        return;
      case "alternatives": {
        const ends: Extract<Step, { kind: "jump" }>[] = [];
        for (const part of node.parts.slice(0, -1)) {
          const choice = split(false);
          compile(part, excluded);
          ends.push(add({ kind: "jump", to: 0 }));
          choice.leadOut(steps.length);
        }
        compile(node.parts.at(-1) as RowPattern, excluded);
        for (const end of ends) end.to = steps.length;
        return;
      }
      case "repeat": {
        const { part, min, max, reluctant } = node;
        for (let i = 0; i < min; i++) compile(part, excluded);
        if (max === undefined) {
          const loop = steps.length;
          const choice = split(reluctant);
          again(part, excluded);
          add({ kind: "jump", to: loop });
          choice.leadOut(steps.length);
          return;
        }
        const choices = Array.from({ length: max - min }, () => {
          const choice = split(reluctant);
          again(part, excluded);
          return choice;
        });
        for (const choice of choices) choice.leadOut(steps.length);
      }
    }
  }

  compile(pattern, false);
  add({ kind: "match" });
  return steps;
}

/** Whether a pattern may match without a row. */
function takesNothing(node: RowPattern): boolean {
  switch (node.kind) {
    case "symbol":
      return false;
    case "start":
    case "end":
      return true;
    case "excluded":
      return takesNothing(node.part);
    case "sequence":
      return node.parts.every(takesNothing);
    case "alternatives":
      return node.parts.some(takesNothing);
    case "repeat":
      return node.min === 0 || takesNothing(node.part);
  }
}
