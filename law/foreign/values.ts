/** What is known of a value before a body runs. */
export interface Value {
  /** The texts that it may be; parts that are not known stand as `UNKNOWN`. Empty when nothing is known of it. */
  texts: readonly string[];
  /** The elements of a list, a tuple, an array. */
  items?: readonly Value[];
  /** The values of an object or a dictionary by their keys. */
  entries?: ReadonlyMap<string, Value>;
  /** Set for a table that is named by this value, as `session.table("t")` gives it. */
  table?: Value;
  /** Set for an object that the Python API of Snowflake's objects reaches by its name: which kind, and where. */
  place?: Place;
}

export interface Place {
  /** `databases`, `schemas`, `tables`, `dynamic_tables`. */
  collection?: string;
  database?: string;
  schema?: string;
  name?: string;
}

/** What only run time puts into a text. It is a name where a statement wants one. */
export const UNKNOWN = "\ue000";

export const NOTHING: Value = { texts: [] };

/** Names that have more values than this are odd enough; the first ones are followed. */
const MOST_TEXTS = 24;

export const textValue = (...texts: string[]): Value => ({ texts });

/** Any of them. */
export function either(...values: readonly Value[]): Value {
  const [first = NOTHING, ...others] = values;
  if (others.length === 0) return first;
  const items = values.flatMap((value) => value.items ?? []).slice(0, MOST_TEXTS);
  return {
    ...Object.assign({}, ...[...values].reverse()),
    texts: few(values.flatMap(({ texts }) => texts)),
    ...(items.length > 0 && { items }),
  };
}

/** One text behind the other. */
export const joined = (...values: readonly Value[]): Value => {
  if (values.every(({ texts }) => texts.length === 0)) return NOTHING;
  return {
    texts: values.reduce<readonly string[]>(
      (starts, { texts }) => few(starts.flatMap((start) => known(texts).map((text) => start + text))),
      [""],
    ),
  };
};

/** The text of each, changed. */
export const changed = ({ texts }: Value, change: (text: string) => string): Value => ({
  texts: few(texts.map(change)),
});

/** Changed with a value that may be several. */
export const changedBy = (value: Value, by: Value, change: (text: string, by: string) => string): Value => ({
  texts: few(value.texts.flatMap((text) => known(by.texts).map((one) => change(text, one)))),
});

/** The elements of a list; a value that is none is its only element. */
export const itemsOf = (value: Value): readonly Value[] => value.items ?? [value];

const known = (texts: readonly string[]): readonly string[] => (texts.length === 0 ? [UNKNOWN] : texts);

/** Longer ones than this no body holds; a text that is put behind itself again and again would grow without end. */
const MOST_CHARACTERS = 100_000;

const few = (texts: readonly string[]): string[] =>
  [...new Set(texts)].filter(({ length }) => length <= MOST_CHARACTERS).slice(0, MOST_TEXTS);
