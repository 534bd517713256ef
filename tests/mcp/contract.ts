/** One way in which a contract of tools differs from an earlier one. */
export interface Change {
  kind: "breaking" | "compatible";
  what: string;
}

type Schema = { [key: string]: unknown };

export interface ToolContract {
  name: string;
  inputSchema: Schema;
  outputSchema?: Schema;
  annotations?: Schema;
}

/**
 * What changed between two lists of tools. What a client may send must stay allowed, and what it reads must stay there: the
 * one may only widen, the other only narrow or grow.
 */
export function contractChanges(before: readonly ToolContract[], after: readonly ToolContract[]): Change[] {
  const changes: Change[] = [];
  for (const old of before) {
    const now = after.find(({ name }) => name === old.name);
    if (!now) changes.push({ kind: "breaking", what: `${old.name}: is gone` });
    else {
      changes.push(...schemaChanges(old.inputSchema, now.inputSchema, `${old.name} input`, "sent"));
      changes.push(...schemaChanges(old.outputSchema ?? {}, now.outputSchema ?? {}, `${old.name} output`, "read"));
      if (JSON.stringify(old.annotations) !== JSON.stringify(now.annotations)) {
        const writes = old.annotations?.readOnlyHint === true && now.annotations?.readOnlyHint !== true;
        changes.push({ kind: writes ? "breaking" : "compatible", what: `${old.name}: annotations differ` });
      }
    }
  }
  for (const { name } of after)
    if (!before.some((old) => old.name === name)) changes.push({ kind: "compatible", what: `${name}: is new` });
  return changes;
}

/** Several types are as many alternatives, and alternatives of an alternative are more of them. */
function spelledOut({ type, ...rest }: Schema): Schema {
  if (Array.isArray(type)) return { ...rest, anyOf: type.map((one) => ({ type: one })) };
  if (!Array.isArray(rest.anyOf)) return type === undefined ? rest : { type, ...rest };
  const anyOf = (rest.anyOf as Schema[])
    .map(spelledOut)
    .flatMap((one) => (Array.isArray(one.anyOf) && Object.keys(one).length === 1 ? (one.anyOf as Schema[]) : [one]));
  return { ...(type === undefined ? {} : { type }), ...rest, anyOf };
}

function schemaChanges(before: Schema, after: Schema, place: string, use: "sent" | "read"): Change[] {
  const [old, now] = [spelledOut(before), spelledOut(after)];
  const breaking = (what: string): Change => ({ kind: "breaking", what: `${place}: ${what}` });
  const compatible = (what: string): Change => ({ kind: "compatible", what: `${place}: ${what}` });
  const changes: Change[] = [];
  if (JSON.stringify(old.type) !== JSON.stringify(now.type))
    changes.push(breaking(`type ${JSON.stringify(old.type)} became ${JSON.stringify(now.type)}`));
  const oldProperties = (old.properties ?? {}) as Record<string, Schema>;
  const properties = (now.properties ?? {}) as Record<string, Schema>;
  for (const [key, schema] of Object.entries(oldProperties)) {
    const next = properties[key];
    if (!next) changes.push(breaking(`${key} is gone`));
    else changes.push(...schemaChanges(schema, next, `${place}.${key}`, use));
  }
  for (const key of Object.keys(properties)) if (!(key in oldProperties)) changes.push(compatible(`${key} is new`));
  const required = (schema: Schema) => new Set((schema.required ?? []) as string[]);
  for (const key of required(now))
    if (!required(old).has(key))
      changes.push(use === "sent" ? breaking(`${key} must be sent now`) : compatible(`${key} is always there now`));
  for (const key of required(old))
    if (!required(now).has(key))
      changes.push(use === "read" ? breaking(`${key} may be missing now`) : compatible(`${key} may be left out now`));
  const values = (schema: Schema) => (Array.isArray(schema.enum) ? new Set(schema.enum.map(String)) : undefined);
  const [oldValues, newValues] = [values(old), values(now)];
  const isNarrower =
    newValues !== undefined && (oldValues === undefined || [...oldValues].some((value) => !newValues.has(value)));
  const isWider =
    oldValues !== undefined && (newValues === undefined || [...newValues].some((value) => !oldValues.has(value)));
  if (use === "sent" && isNarrower) changes.push(breaking("allows fewer values"));
  if (use === "read" && isWider) changes.push(breaking("may hold further values"));
  for (const bound of ["maxLength", "maximum", "maxItems", "minLength", "minimum", "minItems", "pattern"])
    if (JSON.stringify(old[bound]) !== JSON.stringify(now[bound])) {
      const [a, b] = [old[bound], now[bound]];
      const isTighter =
        b !== undefined &&
        (a === undefined ||
          bound === "pattern" ||
          (bound.startsWith("max") ? Number(b) < Number(a) : Number(b) > Number(a)));
      changes.push(
        use === "sent" && isTighter
          ? breaking(`${bound} became ${JSON.stringify(b)}`)
          : compatible(`${bound} became ${JSON.stringify(b)}`),
      );
    }
  if (old.items && now.items)
    changes.push(...schemaChanges(old.items as Schema, now.items as Schema, `${place}[]`, use));
  changes.push(...alternativeChanges(old, now, place, use));
  if (use === "sent" && old.additionalProperties !== false && now.additionalProperties === false)
    changes.push(breaking("further keys are refused now"));
  return changes;
}

/** Alternatives are told apart by their type and constant. */
function alternativeChanges(old: Schema, now: Schema, place: string, use: "sent" | "read"): Change[] {
  const [before, after] = [old.anyOf ?? [], now.anyOf ?? []] as [Schema[], Schema[]];
  const sameKind = (one: Schema) => (other: Schema) =>
    JSON.stringify([other.type, other.const]) === JSON.stringify([one.type, one.const]);
  const gone = before.filter((one) => !after.some(sameKind(one)));
  const added = before.length === 0 && use === "sent" ? [] : after.filter((one) => !before.some(sameKind(one)));
  const both = before.flatMap((one, index) => {
    const other = after.find(sameKind(one));
    return other ? schemaChanges(one, other, `${place}|${index}`, use) : [];
  });
  return [
    ...gone.map(
      (): Change => ({ kind: use === "sent" ? "breaking" : "compatible", what: `${place}: an alternative is gone` }),
    ),
    ...added.map(
      (): Change => ({ kind: use === "read" ? "breaking" : "compatible", what: `${place}: an alternative is new` }),
    ),
    ...both,
  ];
}
