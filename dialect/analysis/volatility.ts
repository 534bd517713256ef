import type { FunctionCall, Node, Span } from "../ast/index";
import type { Determinism } from "../functions/definition";
import { findFunction } from "../functions/index";
import { visit } from "../visitor";

/**
 * `IMMUTABLE` gives the same answer for the same rows for ever, `STABLE` within one statement, user and moment, `VOLATILE`
 * may answer anew each time it is evaluated. `UNKNOWN` calls functions whose definition is not at hand.
 */
export type Volatility = "IMMUTABLE" | "STABLE" | "VOLATILE" | "UNKNOWN";

export interface VolatileCall {
  /** As Snowflake stores it, parts joined by dots. */
  name: string;
  determinism: Determinism | "unknown" | "sequence";
  span: Span;
}

export interface VolatilityOptions {
  /** The volatility of a user's function by its name in upper case; undefined where it is not known. */
  volatilityOf?: (name: string) => "VOLATILE" | "IMMUTABLE" | undefined;
}

const OF_DETERMINISM: Record<VolatileCall["determinism"], Volatility> = {
  deterministic: "IMMUTABLE",
  clock: "STABLE",
  session: "STABLE",
  random: "VOLATILE",
  arbitrary: "VOLATILE",
  approximate: "VOLATILE",
  model: "VOLATILE",
  sequence: "VOLATILE",
  unknown: "UNKNOWN",
};

const ORDER: readonly Volatility[] = ["IMMUTABLE", "STABLE", "UNKNOWN", "VOLATILE"];

/**
 * How far the result of an expression or query depends on more than its rows, and on which calls that rests, in the order
 * of the text. VOLATILE outweighs UNKNOWN, which outweighs STABLE.
 */
export function volatility(
  node: Node,
  options: VolatilityOptions = {},
): { volatility: Volatility; calls: VolatileCall[] } {
  const calls: VolatileCall[] = [];
  const add = (name: string, determinism: VolatileCall["determinism"], { span }: Node): void => {
    if (determinism !== "deterministic") calls.push({ name, determinism, span });
  };
  visit(node, {
    FunctionCall: (call) => add(nameOf(call), determinismOf(call, options), call),
    DynamicCall: (call) => add("IDENTIFIER(…)", "unknown", call),
    MethodCall: (call) => add(call.method.value, "unknown", call),
    SequenceNextValue: (next) => add(next.sequence.parts.map(({ value }) => value).join("."), "sequence", next),
  });
  const rank = Math.max(0, ...calls.map(({ determinism }) => ORDER.indexOf(OF_DETERMINISM[determinism])));
  return { volatility: ORDER[rank] as Volatility, calls };
}

const nameOf = ({ name }: FunctionCall): string => name.parts.map(({ value }) => value).join(".");

function determinismOf(call: FunctionCall, { volatilityOf }: VolatilityOptions): VolatileCall["determinism"] {
  const name = nameOf(call);
  if (name.startsWith("SNOWFLAKE.CORTEX.")) return "model";
  if (name.startsWith("SYSTEM$")) return "session";
  const known = call.name.parts.length === 1 ? findFunction(name) : undefined;
  if (known !== undefined) {
    const seeded = known.determinism === "random" && isSeeded(call);
    return seeded ? "deterministic" : known.determinism;
  }
  switch (volatilityOf?.(name)) {
    case "IMMUTABLE":
      return "deterministic";
    case "VOLATILE":
      return "random";
    default:
      return "unknown";
  }
}

/** UUID_STRING of a namespace and a name is the same for the same name. */
const isSeeded = (call: FunctionCall): boolean => nameOf(call) === "UUID_STRING" && call.args.length === 2;
