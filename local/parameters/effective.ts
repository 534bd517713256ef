import type { CatalogueSnapshot } from "../catalogue/catalogue";
import type { ObjectDoc } from "../catalogue/model";
import type { ExecutionContext } from "../execution/context";
import type { Session } from "../session/session";
import { PARAMETERS, type ParameterDefinition, type ParameterLevel, type ParameterValue } from "./definitions";

export interface EffectiveParameter {
  value: ParameterValue;
  /** Where the value was set; empty for the default, as SHOW PARAMETERS prints it. */
  level: ParameterLevel | "";
}

const definitionOf = (name: string): ParameterDefinition => {
  const definition = PARAMETERS.get(name);
  if (!definition) throw new Error(`no such parameter: ${name}`);
  return definition;
};

/** The account's own document: global privileges and account parameters hang on it. */
export const accountDoc = (catalogue: CatalogueSnapshot) => catalogue.all("ACCOUNT")[0];

/** A parameter of a session: session, then user, then account, then default. */
export function sessionParameter(catalogue: CatalogueSnapshot, session: Session, name: string): EffectiveParameter {
  const definition = definitionOf(name);
  const own = session.parameters.get(name);
  if (own !== undefined) return { value: own, level: "SESSION" };
  const user = catalogue.get("USER", session.userId)?.parameters?.[name];
  if (user !== undefined) return { value: user, level: "USER" };
  const account = accountDoc(catalogue)?.parameters?.[name];
  if (account !== undefined) return { value: account, level: "ACCOUNT" };
  return { value: definition.default, level: "" };
}

/** The value of a session parameter for a statement. Throws for a name that is no parameter (a fault of the caller). */
export const parameter = (context: ExecutionContext, name: string): ParameterValue =>
  sessionParameter(context.catalogue, context.session, name).value;

/** A parameter of an object: its own, then its schema's, its database's, the account's, then default. */
export function objectParameter(catalogue: CatalogueSnapshot, doc: ObjectDoc, name: string): EffectiveParameter {
  const definition = definitionOf(name);
  for (let at: ObjectDoc | undefined = doc; at; at = "parentId" in at ? catalogue.byId(at.parentId) : undefined) {
    const value = "parameters" in at ? at.parameters?.[name] : undefined;
    if (value !== undefined) return { value, level: levelOf(at) };
  }
  const account = accountDoc(catalogue)?.parameters?.[name];
  if (account !== undefined) return { value: account, level: "ACCOUNT" };
  return { value: definition.default, level: "" };
}

const levelOf = (doc: ObjectDoc): ParameterLevel =>
  doc.kind === "DYNAMIC_TABLE" ? "TABLE" : (doc.kind as ParameterLevel);
