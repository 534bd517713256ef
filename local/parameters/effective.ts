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

/** What the account or an object itself says. A network policy is kept by its id, so that it can be renamed. */
function ownValue(catalogue: CatalogueSnapshot, doc: ObjectDoc | undefined, name: string): ParameterValue | undefined {
  if (!doc) return undefined;
  if (name === "NETWORK_POLICY") {
    const id = "networkPolicyId" in doc ? doc.networkPolicyId : undefined;
    return id === undefined ? undefined : catalogue.get("NETWORK_POLICY", id)?.name;
  }
  return "parameters" in doc ? doc.parameters?.[name] : undefined;
}

/** A parameter of a session: session, then user, then account, then default. */
export function sessionParameter(catalogue: CatalogueSnapshot, session: Session, name: string): EffectiveParameter {
  const definition = definitionOf(name);
  const own = session.parameters.get(name);
  if (own !== undefined) return { value: own, level: "SESSION" };
  const user = ownValue(catalogue, catalogue.get("USER", session.userId), name);
  if (user !== undefined) return { value: user, level: "USER" };
  const account = ownValue(catalogue, accountDoc(catalogue), name);
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
    const value = ownValue(catalogue, at, name);
    if (value !== undefined) return { value, level: levelOf(at) };
  }
  const account = ownValue(catalogue, accountDoc(catalogue), name);
  if (account !== undefined) return { value: account, level: "ACCOUNT" };
  return { value: definition.default, level: "" };
}

const levelOf = (doc: ObjectDoc): ParameterLevel =>
  doc.kind === "DYNAMIC_TABLE" ? "TABLE" : (doc.kind as ParameterLevel);
