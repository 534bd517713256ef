/** What a function takes and gives. `same` is the type of its first argument, `any` every type. */
export type TypeHint =
  | "any"
  | "same"
  | "number"
  | "integer"
  | "float"
  | "text"
  | "binary"
  | "boolean"
  | "date"
  | "time"
  | "timestamp"
  | "timestamp_ltz"
  | "timestamp_ntz"
  | "timestamp_tz"
  | "interval"
  | "period"
  | "variant"
  | "object"
  | "array"
  | "map"
  | "vector"
  | "file"
  | "geography"
  | "geometry"
  | "lambda"
  | "table";

/**
 * What a result depends on beside the arguments. `clock` is the time of the statement, `session` the user, role, warehouse,
 * account or state of the session, `random` differs from row to row, `arbitrary` is a free choice among equal answers,
 * `approximate` an estimate that may differ from run to run, `model` the answer of a language model.
 */
export type Determinism = "deterministic" | "clock" | "session" | "random" | "arbitrary" | "approximate" | "model";

export interface FunctionParameter {
  type: TypeHint;
  optional: boolean;
  /** Any number of further arguments, none included. */
  repeated: boolean;
}

export interface FunctionDefinition {
  /** Upper case. */
  name: string;
  family: string;
  parameters: FunctionParameter[];
  minimumArguments: number;
  /** Infinity when the last one may be repeated. */
  maximumArguments: number;
  returns: TypeHint;
  aggregate: boolean;
  /** May or must have OVER. */
  window: "no" | "may" | "must";
  table: boolean;
  determinism: Determinism;
}

export type FunctionTraits = Partial<Pick<FunctionDefinition, "aggregate" | "window" | "table" | "determinism">>;

/** Functions that share a family and traits, each as `NAME(type, type?, ...type) type`; several names before the parenthesis are aliases. */
export function define(family: string, traits: FunctionTraits, signatures: string): FunctionDefinition[] {
  const lines = signatures.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").flatMap((line) => parseSignature(line, family, traits));
}

function parseSignature(line: string, family: string, traits: FunctionTraits): FunctionDefinition[] {
  const match = /^([A-Z0-9_$ ]+)\(([^)]*)\) (\w+)$/.exec(line);
  if (match === null) throw new TypeError(`Not a signature: ${line}`);
  const [, names = "", list = "", returns = ""] = match;
  const parameters = list === "" ? [] : list.split(",").map((part) => parseParameter(part.trim()));
  const required = parameters.filter(({ optional, repeated }) => !optional && !repeated).length;
  const maximum = parameters.some(({ repeated }) => repeated) ? Number.POSITIVE_INFINITY : parameters.length;
  return names.split(" ").map((name) => ({
    name,
    family,
    parameters,
    minimumArguments: required,
    maximumArguments: maximum,
    returns: returns as TypeHint,
    aggregate: traits.aggregate ?? false,
    window: traits.window ?? "no",
    table: traits.table ?? false,
    determinism: traits.determinism ?? "deterministic",
  }));
}

function parseParameter(part: string): FunctionParameter {
  const repeated = part.startsWith("...");
  const optional = part.endsWith("?");
  return { type: part.slice(repeated ? 3 : 0, optional ? -1 : undefined) as TypeHint, optional, repeated };
}
