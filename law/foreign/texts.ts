import { changed, changedBy, itemsOf, joined, NOTHING, textValue, UNKNOWN, type Value } from "./values";

/** The arguments of a call: by place and by name. `all`: what `**values` and the like hand over. */
export interface Given {
  args: readonly Value[];
  named: ReadonlyMap<string, Value>;
}

type Change = (value: Value, given: Given) => Value;

const upper: Change = (value) => changed(value, (text) => text.toUpperCase());
const lower: Change = (value) => changed(value, (text) => text.toLowerCase());
const trim: Change = (value) => changed(value, (text) => text.trim());
const same: Change = (value) => value;
const reversed: Change = (value) => changed(value, (text) => [...text].reverse().join(""));
const append: Change = (value, { args: [arg = NOTHING] }) =>
  value.items ? { ...value, items: [...value.items, ...itemsOf(arg)] } : joined(value, arg);
const replace: Change = (value, { args: [from = NOTHING, to = NOTHING] }) => ({
  texts: from.texts.flatMap((one) => {
    const searched = plain(one);
    return changedBy(value, to, (text, by) => (searched === "" ? text : text.replaceAll(searched, () => by))).texts;
  }),
});

/** What a pattern looks for when it is written out; a pattern of more is looked for in vain. */
const plain = (searched: string): string => {
  const [, pattern] = /^\/(.*)\/\w*$/s.exec(searched) ?? [];
  return (pattern ?? searched).replaceAll(/\\([^\w\s])/g, "$1");
};

/** Methods of a text, a builder or a list whose result is known when those are. */
export const METHODS: Readonly<Record<string, Change>> = {
  upper,
  toUpperCase: upper,
  lower,
  toLowerCase: lower,
  casefold: lower,
  strip: trim,
  trim,
  stripMargin: (value) => changed(value, (text) => text.replace(/^[^\S\n]*\|/gm, "")),
  stripIndent: same,
  toString: same,
  decode: same,
  encode: same,
  getBytes: same,
  mkString: (value, given) => join(given.args[0] ?? textValue(""), value),
  reverse: (value) => (value.items ? { ...value, items: [...value.items].reverse() } : reversed(value, NO_ARGS)),
  append,
  push: append,
  add: append,
  concat: (value, { args }) =>
    value.items ? { ...value, items: [...value.items, ...args.flatMap(itemsOf)] } : joined(value, ...args),
  replace,
  replaceAll: replace,
  format: formatted,
  formatted: (value, { args }) => printed(value, args),
  substitute: filled,
  safe_substitute: filled,
  join: (value, { args: [arg] }) => (value.items ? join(arg ?? textValue(","), value) : join(value, arg ?? NOTHING)),
  split: (value, { args: [by] }) => ({
    texts: [],
    items: value.texts.flatMap((text) => text.split(by?.texts[0] ?? /\s+/)).map((text) => textValue(text)),
  }),
  get: (value, { args: [key, otherwise] }) => value.entries?.get(key?.texts[0] ?? "") ?? otherwise ?? NOTHING,
  items: (value) => ({
    texts: [],
    items: [...(value.entries ?? [])].map(([key, one]) => ({ texts: [], items: [textValue(key), one] })),
  }),
  values: (value) => ({ texts: [], items: [...(value.entries?.values() ?? [])] }),
};

const NO_ARGS: Given = { args: [], named: new Map() };

const first: (given: Given) => Value = ({ args: [arg = NOTHING] }) => arg;
const list: (given: Given) => Value = ({ args }) => ({ texts: [], items: args });
const base64: (given: Given) => Value = ({ args: [arg = NOTHING] }) =>
  changed(arg, (text) => Buffer.from(text, "base64").toString("utf8"));
const hex: (given: Given) => Value = ({ args: [arg = NOTHING] }) =>
  changed(arg, (text) => Buffer.from(text, "hex").toString("utf8"));

/** A builder begins with a text, or empty with room for so many characters. */
const builder: (given: Given) => Value = ({ args: [arg] }) =>
  arg === undefined || /^\d+$/.test(arg.texts[0] ?? "") ? textValue("") : arg;

/** What is taken from elsewhere when it is there. */
const otherwise: (given: Given) => Value = ({ args: [, fallback = NOTHING] }) => fallback;

/** Functions whose result is known when their arguments are, by the last name of them. */
export const FUNCTIONS: Readonly<Record<string, (given: Given) => Value>> = {
  str: first,
  String: first,
  valueOf: first,
  dedent: first,
  cleandoc: first,
  text: first,
  Template: first,
  StringBuilder: builder,
  StringBuffer: builder,
  decodeURIComponent: ({ args: [arg = NOTHING] }) => changed(arg, (text) => decoded(text)),
  format: ({ args: [pattern = NOTHING, ...args] }) => printed(pattern, args),
  join: ({ args: [between = NOTHING, ...rest] }) =>
    join(between, rest.length === 1 && rest[0]?.items ? rest[0] : { texts: [], items: rest }),
  get: otherwise,
  getenv: otherwise,
  getOrElse: otherwise,
  getOrDefault: otherwise,
  sub: ({ args: [from = NOTHING, to = NOTHING, value = NOTHING] }) =>
    (METHODS["replace"] as Change)(value, { args: [from, to], named: new Map() }),
  list: first,
  tuple: first,
  reversed: ({ args: [arg = NOTHING] }) => (METHODS["reverse"] as Change)(arg, NO_ARGS),
  of: list,
  asList: list,
  Seq: list,
  List: list,
  Array: list,
  Vector: list,
  dict: ({ named }) => ({ texts: [], entries: named }),
  Map: list,
  b64decode: base64,
  urlsafe_b64decode: base64,
  standard_b64decode: base64,
  atob: base64,
  fromhex: hex,
  unhexlify: hex,
  from: (given) =>
    (given.args[1]?.texts[0] === "base64" ? base64 : given.args[1]?.texts[0] === "hex" ? hex : first)(given),
  fromCharCode: ({ args }) => joined(...args.map((one) => changed(one, (text) => String.fromCharCode(Number(text))))),
  chr: ({ args: [arg = NOTHING] }) => changed(arg, (text) => String.fromCharCode(Number(text))),
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const join = (between: Value, values: Value): Value => {
  const items = values.items ?? [];
  return items.length === 0
    ? NOTHING
    : joined(...items.flatMap((item, index) => (index === 0 ? [item] : [between, item])));
};

/** `"{} {0} {name}".format(…)` */
function formatted(value: Value, { args, named }: Given): Value {
  let next = 0;
  return inPlaces(value, /\{\{|\}\}|\{(\w*)(?:[!:][^{}]*)?\}/g, ([whole, name]) => {
    if (name === undefined) return textValue(whole.slice(0, 1));
    if (name === "") return args[next++];
    return /^\d+$/.test(name) ? args[Number(name)] : named.get(name);
  });
}

/** `"%s %(name)s %1$s"` with what is put in. */
export function printed(value: Value, args: readonly Value[]): Value {
  const [only] = args;
  const values = args.length === 1 && only?.items ? only.items : args;
  let next = 0;
  return inPlaces(value, /%%|%(?:\((\w+)\)|(\d+)\$)?[sdr]/g, ([whole, name, number]) => {
    if (whole === "%%") return textValue("%");
    if (name !== undefined) return only?.entries?.get(name);
    return values[number === undefined ? next++ : Number(number) - 1];
  });
}

/** `$name` and `${name}` of a template. */
function filled(value: Value, { args: [map], named }: Given): Value {
  return inPlaces(value, /\$\$|\$\{?(\w+)\}?/g, ([whole, name]) =>
    whole === "$$" ? textValue("$") : (named.get(name ?? "") ?? map?.entries?.get(name ?? "")),
  );
}

function inPlaces(value: Value, places: RegExp, filling: (match: RegExpMatchArray) => Value | undefined): Value {
  return {
    texts: value.texts.flatMap((text) => {
      const parts: Value[] = [];
      let from = 0;
      for (const match of text.matchAll(places)) {
        const put = filling(match);
        parts.push(textValue(text.slice(from, match.index)), put && put.texts.length > 0 ? put : textValue(UNKNOWN));
        from = match.index + match[0].length;
      }
      return joined(...parts, textValue(text.slice(from))).texts;
    }),
  };
}
