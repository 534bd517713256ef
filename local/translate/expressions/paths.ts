import type { Expression, FieldAccess, IndexAccess } from "../../../dialect/index";
import { compilationError, unsupportedFeature } from "../../errors";
import { isStructured, number, sqlName, VARIANT } from "../../types/dataType";
import type { Binder } from "../binder";
import { type Bound, bound, constantNumber, constantText } from "../bound";
import { cast } from "../conversion/cast";
import { structuredStep } from "../conversion/structured";
import { pathColumn } from "../query/pathColumns";
import { onceBoth, quote, withoutUndefined } from "../sql";

/** One step into a value: a key, an element, or a position that is only known in the engine. */
type Step = { key: string } | { index: number } | { dynamic: Bound };

/** `v:a.b[0]['c']` as one path where that is possible. */
export function pathAccess(binder: Binder, node: FieldAccess | IndexAccess): Bound {
  const steps: Step[] = [];
  let base: Expression = node;
  while (base.kind === "FieldAccess" || base.kind === "IndexAccess") {
    steps.unshift(base.kind === "FieldAccess" ? { key: base.key.text } : indexStep(binder, base.index));
    base = base.base;
  }
  let value = binder.expression(base);
  while (isStructured(value.type) && steps.length > 0)
    value = structuredStep(value, steps.shift() as Step, binder.settings);
  if (steps.length === 0) return value;
  const root = semiStructured(value);
  return bound(
    follow(root, steps, (path) => pathColumn(binder, root, path)),
    VARIANT,
    true,
  );
}

function semiStructured(value: Bound): string {
  if (value.type.kind === "NULL") return "NULL::JSON";
  if (value.type.kind === "VARIANT" || value.type.kind === "OBJECT" || value.type.kind === "ARRAY") return value.sql;
  throw compilationError(
    "001044",
    "42P13",
    `Invalid argument types for function 'GET': (${sqlName(value.type)}, VARCHAR)`,
  );
}

function indexStep(binder: Binder, index: Expression): Step {
  if ((index as { kind: string }).kind === "Slice") throw unsupportedFeature("array slice");
  const value = binder.expression(index);
  const text = constantText(value);
  if (text !== undefined) return { key: text };
  const position = constantNumber(value);
  if (position !== undefined) return { index: position };
  return {
    dynamic:
      value.type.kind === "VARCHAR"
        ? value
        : value.type.kind === "VARIANT"
          ? value
          : cast(value, number(38, 0), binder.settings),
  };
}

/** Applies steps to stored JSON. `first` may know what stands for the first of them. */
function follow(root: string, steps: readonly Step[], first: (path: string) => string | undefined): string {
  let sql = root;
  let pointer = "";
  const take = (path: string) => {
    sql = (sql === root ? first(path) : undefined) ?? `json_extract(${sql}, ${quote(path)})`;
  };
  const flush = () => {
    if (pointer) take(pointer);
    pointer = "";
  };
  for (const step of steps) {
    if ("key" in step && !/^(\d+|-)$/.test(step.key)) {
      pointer += `/${step.key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      continue;
    }
    flush();
    // A pointer would take digits for a position in an array.
    if ("key" in step) take(`$."${step.key}"`);
    else if ("index" in step) {
      if (step.index < 0) sql = "NULL::JSON";
      else take(`$[${Math.trunc(step.index)}]`);
    } else sql = dynamicGet(sql, step.dynamic);
  }
  flush();
  const last = steps.at(-1);
  return !last || "key" in last ? sql : withoutUndefined(sql);
}

/** GET with a key or position from a column. */
export function dynamicGet(sql: string, step: Bound): string {
  return onceBoth(sql, step.sql, (v, s) => {
    if (step.type.kind === "NUMBER") {
      return `CASE WHEN ${s} >= 0 THEN json_extract(${v}, '$[' || trunc(${s})::BIGINT || ']') END`;
    }
    if (step.type.kind === "VARCHAR") {
      return `CASE WHEN json_type(${v}) = 'OBJECT' THEN json_extract(${v}, '/' || replace(replace(${s}, '~', '~0'), '/', '~1')) END`;
    }
    return `sf_get(${v}, ${s})`;
  });
}
