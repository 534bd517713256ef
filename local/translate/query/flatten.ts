import type { Argument, Expression, FunctionCall, TableFunction } from "../../../dialect/index";
import { compilationError, unsupportedFeature, wrongArgumentCount } from "../../errors";
import { type DataType, isSemiStructured, isStructured, number, sqlName, VARIANT, varchar } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, constantText } from "../bound";
import { asText } from "../conversion/cast";
import { nextOf } from "../expressions/sequences";
import { planText } from "../planText";
import type { ScopeColumn } from "../scope";
import { quote } from "../sql";
import type { FromContext } from "./from";

const LATERAL_FUNCTIONS = new Set(["FLATTEN", "SPLIT_TO_TABLE", "STRTOK_SPLIT_TO_TABLE", "GETNEXTVAL"]);

const functionName = (reference: TableFunction): string =>
  reference.call.kind === "FunctionCall" && reference.call.name.parts.length === 1
    ? (reference.call.name.parts[0]?.value ?? "")
    : "";

export const isLateralFunction = (reference: TableFunction): boolean => LATERAL_FUNCTIONS.has(functionName(reference));

/** Arguments by name or by place. */
export function namedArguments(args: readonly Argument[], names: readonly string[]): Map<string, Expression> {
  const found = new Map<string, Expression>();
  args.forEach((arg, i) => {
    if (arg.kind === "NamedArgument") found.set(arg.name.value, arg.value as Expression);
    else if (names[i]) found.set(names[i], arg as Expression);
  });
  const unknown = [...found.keys()].find((n) => !names.includes(n));
  if (unknown) throw compilationError("001020", "42601", `Unknown argument ${unknown}; expected ${names.join(", ")}`);
  return found;
}

/** A name that the function has no parameter of. */
function refuseNames(binder: Binder, call: FunctionCall, names: readonly string[]): void {
  call.args.forEach((arg, i) => {
    if (arg.kind === "NamedArgument" && !names.includes(arg.name.value))
      throw compilationError(
        "001020",
        "22023",
        `invalid argument for function [${call.name.parts[0]?.value}] unexpected argument [${arg.name.value}] at position ${i + 1},`,
        binder.position(call.span),
      );
  });
}

/** What a lateral function yields per input row: lists of equal length, unnested side by side. */
interface Expansion {
  /** Evaluated once per input row, known as `s.e` to the rest. */
  input: string;
  lists: { name: string; sql: string; type: DataType; nullable: boolean }[];
  /** Rows of which this is true are dropped. */
  drop?: string;
}

/**
 * `left, LATERAL FLATTEN(…)`: the left side and the lists unnested beside it become one subquery, so that rows stream through
 * in order. The columns of the left side get new names, which is noted in their scope columns.
 */
export function foldLateral(
  context: FromContext,
  left: string,
  start: number,
  reference: TableFunction,
  outer: boolean,
): string {
  const { binder } = context;
  const { scope } = binder;
  const call = reference.call as FunctionCall;
  const isFlatten = functionName(reference) === "FLATTEN";
  const isSequence = functionName(reference) === "GETNEXTVAL";
  const expansion = isFlatten
    ? flatten(context, reference, outer)
    : isSequence
      ? nextValues(context, call)
      : split(context, call);
  const name = binder.shared.fresh("r");
  const carried: string[] = [];
  const passed: string[] = [];
  const seen = new Map<string, string>();
  if (left) {
    for (const relation of scope.relations.slice(start)) {
      for (const column of relation.columns) {
        let own = seen.get(column.sql);
        if (!own) {
          own = binder.shared.fresh("x");
          seen.set(column.sql, own);
          carried.push(`${column.sql} AS ${own}`);
          passed.push(`s.${own}`);
        }
        column.sql = `${name}.${own}`;
      }
    }
  }
  const sequence = context.wantsSequence && left ? ", row_number() OVER () AS q" : ", 1::BIGINT AS q";
  const inner = `(SELECT ${[...carried, `${expansion.input} AS e`].join(", ")}${sequence}${left ? ` FROM ${left}` : ""}) AS s`;
  const lists = expansion.lists.map((l) => `${l.sql} AS ${l.name}`);
  const source = `(SELECT ${[...passed, "s.q", "s.e", ...lists].join(", ")} FROM ${inner})`;
  const columns: ScopeColumn[] = [
    ...(isSequence ? [] : [{ name: "SEQ", sql: `${name}.q::DECIMAL(19,0)`, type: number(19, 0), nullable: false }]),
    ...expansion.lists
      .filter((l) => !l.name.startsWith("_"))
      .map((l) => ({
        name: l.name.toUpperCase(),
        sql: l.type.kind === "NUMBER" ? `${name}.${l.name}::DECIMAL(${l.type.precision},0)` : `${name}.${l.name}`,
        type: l.type,
        nullable: l.nullable,
      })),
    ...(isFlatten
      ? [
          {
            name: "THIS",
            sql: `${name}.${expansion.lists.some((l) => l.name === "_this") ? "_this" : "e"}`,
            type: VARIANT,
            nullable: true,
          },
        ]
      : []),
  ];
  reference.alias?.columns.forEach((c, i) => {
    const column = columns[i];
    if (column) column.name = c.value;
  });
  scope.relations.push({ name: reference.alias?.name.value ?? functionName(reference), columns });
  return expansion.drop ? `(SELECT * FROM ${source} AS u WHERE ${expansion.drop}) AS ${name}` : `${source} AS ${name}`;
}

const MODES = ["BOTH", "ARRAY", "OBJECT"];
const PARAMETERS = ["INPUT", "PATH", "OUTER", "RECURSIVE", "MODE"];

const invalidParameterType = (type: DataType, parameter: string) =>
  compilationError("001007", "22023", `invalid type [${sqlName(type)}] for parameter '${parameter}'`);

function flatten(context: FromContext, reference: TableFunction, forceOuter: boolean): Expansion {
  const call = reference.call as FunctionCall;
  const { binder } = context;
  refuseNames(binder, call, PARAMETERS);
  const args = namedArguments(call.args, PARAMETERS);
  const input = args.get("INPUT");
  if (!input && call.args.length === 0)
    throw compilationError("000938", "22023", "not enough arguments for function [FLATTEN], expected 1, got 0");
  if (!input)
    throw compilationError(
      "001020",
      "22023",
      "missing required argument [INPUT] for function [FLATTEN]",
      binder.position(call.span),
    );
  const taken = (name: string, takes: (type: DataType) => boolean): Bound | undefined => {
    const node = args.get(name);
    const value = node && binder.expression(node);
    if (value && value.type.kind !== "NULL" && !takes(value.type)) {
      const isNamed = call.args.some((arg) => arg.kind === "NamedArgument" && arg.name.value === name);
      throw invalidParameterType(value.type, isNamed ? name : `${PARAMETERS.indexOf(name) + 1}`);
    }
    return value;
  };
  const isOf = (kind: DataType["kind"]) => (type: DataType) => type.kind === kind;
  const value = taken("INPUT", isSemiStructured) as Bound;
  if (isStructured(value.type)) throw unsupportedFeature(`FLATTEN of ${sqlName(value.type)}`);
  const path = taken("PATH", isOf("VARCHAR"));
  const pathText = path ? constantText(path) : "";
  if (pathText === undefined) throw unsupportedFeature("FLATTEN with a PATH that is no constant");
  const outer = taken("OUTER", isOf("BOOLEAN"))?.literal?.text === "true" || forceOuter;
  const recursive = taken("RECURSIVE", isOf("BOOLEAN"))?.literal?.text === "true";
  const mode = (constantText(taken("MODE", isOf("VARCHAR"))) ?? "BOTH").toUpperCase();
  if (!MODES.includes(mode))
    throw compilationError("001008", "22023", `Bad flattening mode '${mode}' (not 'BOTH', 'ARRAY', or 'OBJECT')`);
  const base = value.type.kind === "NULL" ? "NULL::JSON" : value.sql;
  const element = pathText ? `sf_get_path(${base}, ${quote(pathText)})` : base;
  const wrapOuter = (list: string, count: string, alone: string) =>
    outer ? `CASE WHEN coalesce(${count}, 0) = 0 THEN [${alone}] ELSE ${list} END` : list;
  if (recursive || outer) {
    const rows = `sf_flatten(s.e, ${quote(pathText)}, ${recursive}, ${quote(mode)})`;
    // The row that stands for no elements has the path of the array or object that was to be taken apart, and where FLATTEN is
    // recursive what is there itself.
    // Source of the latter: test_flatten of snowpark-python.
    const holds = "CASE WHEN json_type(s.e) IN ('ARRAY', 'OBJECT') THEN";
    const alone: Record<string, string> = {
      p: `${holds} ${quote(pathText)} END`,
      t: `${holds} s.e END`,
      ...(recursive ? { v: "s.e" } : {}),
    };
    const list = (field: string) =>
      wrapOuter(`list_transform(${rows}, lambda f: f.${field})`, `len(${rows})`, alone[field] ?? "NULL");
    return {
      input: element,
      lists: [
        { name: "key", sql: `unnest(${list("k")})`, type: varchar(), nullable: true },
        { name: "path", sql: `unnest(${list("p")})`, type: varchar(), nullable: true },
        { name: "index", sql: `unnest(${list("i")})`, type: number(38, 0), nullable: true },
        { name: "value", sql: `unnest(${list("v")})`, type: VARIANT, nullable: true },
        { name: "_this", sql: `unnest(${list("t")})`, type: VARIANT, nullable: true },
      ],
    };
  }
  const arrays = "json_extract(s.e, '$[*]')";
  const objects = "json_extract(s.e, '$.*')";
  const elements =
    mode === "BOTH"
      ? `CASE WHEN starts_with(s.e, '[') THEN ${arrays} ELSE ${objects} END`
      : mode === "ARRAY"
        ? arrays
        : objects;
  const keys = mode === "ARRAY" ? "CAST(NULL AS VARCHAR[])" : "json_keys(s.e)";
  const places = mode === "OBJECT" ? "CAST(NULL AS BIGINT[])" : "range(json_array_length(s.e)::BIGINT)";
  const head = quote(pathText);
  const isRenamed = (reference.alias?.columns.length ?? 0) > 0;
  return {
    input: element,
    // What nobody asks for is not made.
    lists: [
      { name: "key", sql: `unnest(${keys})`, type: varchar(), nullable: true },
      {
        name: "path",
        sql: `unnest(CASE json_type(s.e) WHEN 'ARRAY' THEN list_transform(${places}, lambda i: ${head} || '[' || i || ']') ELSE list_transform(${keys}, lambda k: sf_path_key(${head}, k)) END)`,
        type: varchar(),
        nullable: true,
      },
      { name: "index", sql: `unnest(${places})`, type: number(38, 0), nullable: true },
      { name: "value", sql: `unnest(${elements})`, type: VARIANT, nullable: true },
    ].filter(({ name }) => name === "value" || isRenamed || context.mentions(name)),
    drop: `u.value::VARCHAR <> '"\uE000U"'`,
  };
}

/** `TABLE(GETNEXTVAL(seq))`: one value beside every row that stands before it. */
function nextValues(context: FromContext, call: FunctionCall): Expansion {
  const [argument] = call.args;
  if (call.args.length !== 1 || argument?.kind !== "ColumnReference")
    throw compilationError("001003", "42000", "syntax error: GETNEXTVAL expects the name of a sequence");
  const { sql, type } = nextOf(context.binder, { kind: "ObjectName", parts: argument.parts, span: argument.span });
  return { input: "1", lists: [{ name: "nextval", sql, type, nullable: false }] };
}

function split(context: FromContext, call: FunctionCall): Expansion {
  const { binder } = context;
  const name = call.name.parts[0]?.value ?? "";
  refuseNames(binder, call, []);
  if (call.args.length === 0 || call.args.length > 2)
    throw wrongArgumentCount(name, call.args.length === 0 ? 1 : 2, call.args.length, binder.position(call.span));
  const [text, delimiter] = call.args.map((arg, i) => {
    const value = binder.expression(arg as Expression);
    if (value.type.kind !== "VARCHAR" && value.type.kind !== "NULL") throw invalidParameterType(value.type, `${i + 1}`);
    return value;
  }) as [Bound, Bound?];
  if (!delimiter && name === "SPLIT_TO_TABLE") {
    const written = `SPLIT(${planText(binder, call.args[0] as Expression)} AS "1")`;
    throw wrongArgumentCount(written, 2, 1, { line: 0, column: -1 });
  }
  const input = asText(text, binder.settings);
  const by = delimiter ? asText(delimiter, binder.settings) : "' '";
  const list = name === "SPLIT_TO_TABLE" ? `sf_split(s.e, ${by})` : `sf_strtok(s.e, ${by})`;
  return {
    input,
    lists: [
      { name: "index", sql: `unnest(range(1, len(${list}) + 1))`, type: number(38, 0), nullable: false },
      { name: "value", sql: `unnest(${list})`, type: varchar(), nullable: false },
    ],
  };
}
