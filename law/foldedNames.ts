import type { Act, Source } from "./acts/act";
import { collectActs } from "./acts/collect";
import type { Namespace } from "./acts/names";
import { isFalse, property } from "./properties";

/**
 * The texts with quoted names read in upper case, where one of them has Snowflake do so for others too: an account, a user or
 * a container with QUOTED_IDENTIFIERS_IGNORE_CASE on. In that text itself it holds from there on, which is known already.
 * https://docs.snowflake.com/en/sql-reference/parameters#quoted-identifiers-ignore-case
 */
export function withFoldedNames(sources: readonly Source[], namespace?: Namespace): readonly Source[] {
  const folding = new Set(
    sources.filter((source) => MENTIONS.test(source.text) && collectActs(source).acts.some(foldsForOthers)),
  );
  if (folding.size === 0) return sources;
  return sources.map((source) =>
    folding.has(source)
      ? source
      : {
          ...source,
          namespace: { ...inCapitals(source.namespace ?? namespace ?? {}), ignoreCase: true },
          ...(source.routine && {
            routine: { ...inCapitals(source.routine), name: source.routine.name.toUpperCase() },
          }),
        },
  );
}

/** Where a body stands is written in quotes as well. */
function inCapitals<T extends { database?: string; schema?: string }>(place: T): T {
  const { database, schema } = place;
  return { ...place, database: database?.toUpperCase(), schema: schema?.toUpperCase() };
}

const PARAMETER = "QUOTED_IDENTIFIERS_IGNORE_CASE";
const MENTIONS = new RegExp(PARAMETER, "i");

/** A session ends with its text, and a task keeps to its own. */
function foldsForOthers({ statement }: Act): boolean {
  switch (statement.kind) {
    case "Alter":
      return (
        statement.objectType !== "TASK" &&
        statement.actions.some((action) => action.kind === "SetProperties" && switchedOn(action.properties))
      );
    case "CreateObject":
    case "CreateDatabase":
    case "CreateSchema":
      return switchedOn(statement.properties);
    default:
      return false;
  }
}

function switchedOn(properties: Parameters<typeof property>[0]): boolean {
  const found = property(properties, PARAMETER);
  return found !== undefined && !isFalse(found.value);
}
