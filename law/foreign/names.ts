import type { Given } from "./texts";
import { either, joined, NOTHING, type Place, type Value } from "./values";

/** What the names of a body are given, whatever they belong to: `self.x`, `Settings.x` and `x` are one name. */
export class Names {
  private readonly values = new Map<string, Value>();
  private readonly parameters = new Map<string, readonly string[]>();
  private readonly handed = new Map<string, Value>();

  /** `before`: what an earlier reading found, for what is used above the place where it is given. */
  constructor(private readonly before?: Names) {}

  value(name: string): Value {
    return this.values.get(name) ?? this.before?.value(name) ?? NOTHING;
  }

  give(name: string, value: Value): void {
    const earlier = this.values.get(name);
    this.values.set(name, earlier ? either(earlier, value) : value);
  }

  /** `x += …` */
  add(name: string, value: Value): void {
    const earlier = this.value(name);
    this.values.set(
      name,
      earlier.items ? { ...earlier, items: [...earlier.items, ...(value.items ?? [value])] } : joined(earlier, value),
    );
  }

  replace(name: string, value: Value): void {
    this.values.set(name, value);
  }

  /** What the calls of a function hand to its parameters, as the earlier reading found them. */
  define(name: string, parameters: readonly string[]): void {
    this.parameters.set(name, parameters);
    for (const parameter of parameters) {
      const value = this.before?.handed.get(`${name} ${parameter}`);
      if (value) this.give(parameter, value);
    }
  }

  hand(name: string, { args, named }: Given): void {
    const parameters = this.parameters.get(name) ?? this.before?.parameters.get(name) ?? [];
    const own = parameters[0] === "self" ? parameters.slice(1) : parameters;
    own.forEach((parameter, index) => {
      const value = named.get(parameter) ?? args[index];
      if (value === undefined || value === NOTHING) return;
      const key = `${name} ${parameter}`;
      const earlier = this.handed.get(key);
      this.handed.set(key, earlier ? either(earlier, value) : value);
    });
  }

  /** Whether functions of the body are handed anything: then what they do shows in the reading after this one. */
  get hands(): boolean {
    return this.handed.size > 0;
  }

  attribute(value: Value, name: string): Value {
    if (/^databases$|^schemas$|tables$/.test(name)) return { texts: [], place: { ...value.place, collection: name } };
    // A member of an enumeration.
    if (name === "value" && value.texts.length > 0) return value;
    return value.entries?.get(name) ?? this.value(name);
  }

  /** `databases["d"]`, and what lies in it. */
  placed(place: Place, _name: string, key: Value): Value {
    const text = key.texts[0];
    const { collection, ...outer } = place;
    const inner: Place =
      collection === "databases"
        ? { database: text }
        : collection === "schemas"
          ? { ...outer, schema: text }
          : { ...place, name: text };
    return { texts: [], place: inner };
  }
}
