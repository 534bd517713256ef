import { draftOf, type Plan, planOf } from "./draft";

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** What a measure or an order may be written as besides text. */
const WRITTEN: Readonly<Record<string, readonly string[]>> = {
  measures: ["fn", "field", "as"],
  order_by: ["field", "direction"],
};

/**
 * The places of a plan that the form cannot show and would leave out: who follows a link must not ask another question unseen.
 * @returns paths such as `filters[0].value`
 */
export function leftOut(plan: Plan): string[] {
  const kept = planOf(draftOf(plan));
  return Object.entries(plan).flatMap(([key, value]) => {
    const names = WRITTEN[key];
    return names && Array.isArray(value)
      ? unreadable(value, kept[key], names, key)
      : differences(value, kept[key], key);
  });
}

function unreadable(items: readonly unknown[], kept: unknown, names: readonly string[], path: string): string[] {
  return items.flatMap((item, index) => {
    // A measure that is text stays the text it was; an order has several ways to say the same.
    if (typeof item === "string")
      return path === "measures" && (kept as unknown[])[index] !== item ? [`${path}[${index}]`] : [];
    if (!isObject(item)) return [`${path}[${index}]`];
    return Object.keys(item)
      .filter((name) => !names.includes(name))
      .map((name) => `${path}[${index}].${name}`);
  });
}

function differences(given: unknown, kept: unknown, path: string): string[] {
  if (!isObject(given) || !isObject(kept) || Array.isArray(given) !== Array.isArray(kept)) {
    // An empty list says as much as none; a relationship is between what the same person did unless it says otherwise.
    const isDefault = kept === undefined && (given === "person" || (Array.isArray(given) && given.length === 0));
    return isDefault || (!isObject(given) && String(given) === String(kept)) ? [] : [path];
  }
  return Object.entries(given).flatMap(([name, value]) =>
    differences(value, kept[name], Array.isArray(given) ? `${path}[${name}]` : `${path}.${name}`),
  );
}
