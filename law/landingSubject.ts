import type { Name, Statement } from "../dialect/index";
import type { Act } from "./acts/act";
import { DYNAMIC } from "./acts/names";
import type { LawSettings } from "./settings";
import { accountObjectTarget, isGoverned, isLanding, objectTarget, printTarget, schemaTarget } from "./target";

/** The landing table, or what hands something down to it: its schema, its database, the account. */
export interface LandingSubject {
  what: string;
  isTable: boolean;
}

/** What a statement makes or alters, when that is the landing table or stands above it. */
export function landingSubject(act: Act, settings: LawSettings): LandingSubject | undefined {
  const { objectType, name } = subjectOf(act.statement) ?? {};
  if (objectType === "ACCOUNT") return { what: "the account", isTable: false };
  if (objectType === undefined || name === undefined) return undefined;
  if (/TABLE$/.test(objectType)) {
    const target = objectTarget(name, act);
    return isLanding(target, settings) ? { what: printTarget(target, settings), isTable: true } : undefined;
  }
  if (objectType === "SCHEMA") {
    const target = schemaTarget(name, act);
    const own = target !== DYNAMIC && isGoverned(target, settings) && target.name === settings.landing.schema;
    return own ? { what: `the schema ${settings.database}.${target.name}`, isTable: false } : undefined;
  }
  if (objectType === "DATABASE") {
    const target = accountObjectTarget(name, act);
    return target !== DYNAMIC && target.name === settings.database
      ? { what: `the database ${target.name}`, isTable: false }
      : undefined;
  }
  return undefined;
}

function subjectOf(statement: Statement): { objectType: string; name?: Name } | undefined {
  switch (statement.kind) {
    case "Alter":
      return statement;
    case "CreateTable":
      return { objectType: "TABLE", name: statement.name };
    case "CreateSchema":
      return { objectType: "SCHEMA", name: statement.name };
    case "CreateDatabase":
      return { objectType: "DATABASE", name: statement.name };
    default:
      return undefined;
  }
}
