import { DuckDBTimestampTZValue } from "@duckdb/node-api";
import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ExecutionContext, Frame } from "../execution/context";
import type { Binds, Value } from "../execution/value";
import type { ParameterValue } from "../parameters/definitions";
import { Shared } from "./binder";
import type { Bound } from "./bound";

/** Thrown by what a translation reads of which the recorder does not know how to compare it. */
class NotComparable extends Error {}

/** SQL of a value from outside, with its texts as parameters numbered from 1. */
interface ValueForm {
  /** All but the texts; equal for values that give the same SQL. */
  form: string;
  texts: readonly string[];
  /** What is known of the value while translating. */
  literal: string | undefined;
}

type MakeBound = (binder: { shared: Shared }, value: Value) => Bound;

function formOf(make: MakeBound, value: Value): ValueForm {
  const shared = new Shared();
  const { literal, ...bound } = make({ shared }, value);
  return {
    form: JSON.stringify([bound, literal?.kind]),
    texts: shared.params as string[],
    literal: literal?.text,
  };
}

interface VariableRead {
  form: string;
  /** Set when the SQL depends on the value itself. */
  literal?: string | undefined;
  readsLiteral: boolean;
  /** The parameters of the translation that are its texts. */
  parameters: readonly number[];
}

/** Properties of a session that are one value each. */
const SESSION_VALUES: ReadonlySet<string | symbol> = new Set([
  "id",
  "userId",
  "roleId",
  "warehouseId",
  "databaseId",
  "schemaId",
]);

/** Longer values, where the SQL depends on them, are not worth remembering. */
const LONGEST_LITERAL = 1000;

/**
 * Writes down what a translation reads besides its tree, so that it can be told whether another one would read the same. What it does not
 * know how to compare ends the recording: nothing can be forgotten.
 */
export class Recorder {
  private readonly variables = new Map<string, VariableRead>();
  private readonly present = new Set<string>();
  private readonly given = new Map<Value, { name: string; value: Value }>();
  private catalogue: WeakRef<CatalogueSnapshot> | undefined;
  private parameters: ReadonlyMap<string, ParameterValue> | undefined;
  /** What was read of the context, by its path. */
  private readonly values = new Map<string, unknown>();
  private timesRead = 0;
  private refused = false;

  constructor(
    private readonly context: ExecutionContext,
    private readonly shared: Shared,
  ) {
    shared.recorder = this;
  }

  /** The context for the translation that is recorded. */
  recording(): ExecutionContext {
    return this.watched(this.context);
  }

  /** What the translation read, when it is done; undefined if there was something that cannot be compared. */
  finish(): Reading | undefined {
    const { params, prerequisites } = this.shared;
    const times = params.filter((param) => param instanceof DuckDBTimestampTZValue).length;
    if (this.refused || prerequisites.length > 0 || times !== this.timesRead || !this.catalogue) return undefined;
    const variables = [...this.variables];
    if (variables.some(([, read]) => read.readsLiteral && (read.literal?.length ?? 0) > LONGEST_LITERAL)) return undefined;
    for (const [, read] of variables) if (!read.readsLiteral) read.literal = undefined;
    const texts = new Set(variables.flatMap(([, read]) => read.parameters));
    return new Reading({
      catalogue: this.catalogue,
      parameters: this.parameters,
      values: this.values,
      present: this.present,
      variables: this.variables,
      // Texts of variables may be long, and come with each use.
      params: params.map((param, at) => (texts.has(at) ? "" : param)),
    });
  } // biome-ignore format: one condition a line

  refuse(): never {
    this.refused = true;
    throw new NotComparable();
  }

  /** As `make`, noting which of the parameters are texts of the value and whether anybody looks at the value itself. */
  value(token: Value, make: MakeBound): Bound {
    const { name, value } = this.given.get(token) ?? this.refuse();
    const { literal, ...bound } = make({ shared: this.shared }, value);
    const { form, texts } = formOf(make, value);
    const read = this.variables.get(name) ?? {
      form,
      literal: literal?.text,
      readsLiteral: false,
      parameters: texts.map((text) => this.shared.params.indexOf(text)),
    };
    this.variables.set(name, read);
    return Object.defineProperty(bound, "literal", {
      enumerable: true,
      configurable: true,
      get() {
        read.readsLiteral = true;
        return literal;
      },
    });
  }

  private watched(context: ExecutionContext): ExecutionContext {
    return new Proxy({} as ExecutionContext, { get: (_, property) => this.read(context, property) });
  }

  private read(context: ExecutionContext, property: string | symbol): unknown {
    switch (property) {
      case "catalogue": {
        const { catalogue } = context;
        if (this.catalogue && this.catalogue.deref() !== catalogue) return this.refuse();
        this.catalogue = new WeakRef(catalogue);
        return catalogue;
      }
      case "rights":
      case "reader":
      case "policed":
      case "namespace":
      case "text": {
        const value = valueAt(this.context, property);
        // What a view or a function has of its own follows from the catalogue.
        if (valueAt(context, property) === value) this.values.set(property, value);
        return context[property];
      }
      case "now":
        this.timesRead++;
        return context.now;
      case "session":
        return this.session(context);
      case "variables":
        return (
          context.variables && {
            get: (name: string) => (name.startsWith("?") ? this.refuse() : this.token(context, name)),
          }
        );
      case "binds":
        return this.binds(context);
      case "nested":
        return (frame: Frame) => {
          const nested = context.nested(frame);
          return nested.variables === this.context.variables ? this.watched(nested) : this.refuse();
        };
      default:
        return this.refuse();
    }
  }

  private session({ session }: ExecutionContext): ExecutionContext["session"] {
    return new Proxy({} as typeof session, {
      get: (_, property) => {
        const value = Reflect.get(session, property);
        if (property === "parameters") this.parameters ??= new Map(session.parameters);
        else if (SESSION_VALUES.has(property)) this.values.set(`session.${String(property)}`, value);
        else this.refuse();
        return value;
      },
    });
  }

  private binds(context: ExecutionContext): Binds {
    this.values.set("binds", valueAt(context, "binds"));
    if (!isPlain(context.binds)) return this.refuse();
    const values = context.binds.values.map((_, index) => this.token(context, bindName(index)));
    return { values };
  }

  /** A variable or bind whose value only {@link value} can read. */
  private token(context: ExecutionContext, name: string): Value {
    const value = namedValue(context, name) ?? this.refuse();
    const refuse = () => this.refuse();
    this.present.add(name);
    const token: Value = Object.defineProperties({} as Value, { type: { get: refuse }, value: { get: refuse } });
    this.given.set(token, { name, value });
    return token;
  }
}

interface Read {
  catalogue: WeakRef<CatalogueSnapshot>;
  parameters: ReadonlyMap<string, ParameterValue> | undefined;
  values: ReadonlyMap<string, unknown>;
  present: ReadonlySet<string>;
  variables: ReadonlyMap<string, VariableRead>;
  params: Shared["params"];
}

/** What a translation has read. */
export class Reading {
  constructor(private readonly read: Read) {}

  /**
   * The parameters of the recorded SQL in `context`; undefined where the translation would be another one.
   * @param make how values become SQL
   */
  parametersIn(context: ExecutionContext, make: MakeBound): Shared["params"] | undefined {
    const { catalogue, parameters, values, present, variables } = this.read;
    if (catalogue.deref() !== context.catalogue) return undefined;
    if (parameters && !sameEntries(parameters, context.session.parameters)) return undefined;
    for (const [path, value] of values) if (valueAt(context, path) !== value) return undefined;
    for (const name of present) if (!namedValue(context, name)) return undefined;
    const params = this.read.params.map((param) =>
      param instanceof DuckDBTimestampTZValue ? new DuckDBTimestampTZValue(context.now) : param,
    );
    const given = new Map<number, string>();
    for (const [name, read] of variables) {
      const { form, texts, literal } = formOf(make, namedValue(context, name) as Value);
      if (form !== read.form || (read.readsLiteral && literal !== read.literal)) return undefined;
      for (const [i, at] of read.parameters.entries()) {
        const text = texts[i] as string;
        // Two variables that were equal when the SQL was made share a parameter.
        if ((given.get(at) ?? text) !== text) return undefined;
        given.set(at, text);
        params[at] = text;
      }
    }
    return params;
  }
}

/** Of a bind; a variable with such a name is not recorded. */
const bindName = (index: number): string => `?${index}`;

const namedValue = ({ variables, binds }: ExecutionContext, name: string): Value | undefined =>
  name.startsWith("?") ? binds.values[Number(name.slice(1))] : variables?.get(name);

const isPlain = ({ batch, named, optional }: Binds): boolean => !batch && !named && !optional;

/** A value of the context as it is compared. */
function valueAt(context: ExecutionContext, path: string): unknown {
  if (path.startsWith("session.")) return Reflect.get(context.session, path.slice("session.".length));
  if (path === "binds") return isPlain(context.binds) ? context.binds.values.length : undefined;
  return path === "text" ? context.text : JSON.stringify(Reflect.get(context, path));
}

function sameEntries(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) if (b.get(key) !== value) return false;
  return true;
}
