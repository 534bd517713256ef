import type { AlterAction, Name } from "../../../../dialect/index";
import type { ObjectDoc } from "../../../catalogue/model";
import { LONGEST_NAME, nameTooLong, objectAlreadyExists } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { nameParts } from "../../../names/parts";
import { fullName, printName, resolvePlace } from "../../../names/resolve";
import { accountOf, requireAny, requireCreate } from "../../../privileges/index";
import { privilegesOfKind } from "../../../privileges/matrix";
import type { WriteUnit } from "../../../store/writeUnit";
import { existingIn } from "../support/create";
import { isParameterOf, mergeParameters, readParameters } from "../support/parameters";
import { Properties, unreadProperty } from "../support/properties";
import { tagValues, withoutTags } from "../support/tags";
import { inDatabase } from "../support/target";
import type { AlterOutcome } from "./index";

/** Actions that every kind of object knows: RENAME TO, SET and UNSET of comment, parameters and tags. */
export async function commonAction(
  context: ExecutionContext,
  unit: WriteUnit,
  doc: ObjectDoc,
  action: AlterAction,
): Promise<AlterOutcome | undefined> {
  switch (action.kind) {
    case "RenameTo":
      return { doc: rename(context, unit, doc, action.name) };
    case "SetProperties": {
      const properties = new Properties(context, action.properties);
      const changes = commonChanges(doc, properties);
      properties.finish(doc.kind);
      return { doc: unit.catalogue.update(doc, changes) };
    }
    case "UnsetProperties":
      return { doc: unit.catalogue.update(doc, unsetCommon(doc, action.names)) };
    case "SetTags": {
      const tags = { ...tagsOf(doc), ...tagValues(context, action.tags) };
      return { doc: unit.catalogue.update(doc, { tags } as Partial<ObjectDoc>) };
    }
    case "UnsetTags":
      return {
        doc: unit.catalogue.update(doc, { tags: withoutTags(context, tagsOf(doc), action.tags) } as Partial<ObjectDoc>),
      };
    default:
      return undefined;
  }
}

const tagsOf = (doc: ObjectDoc): Record<string, string> | undefined => ("tags" in doc ? doc.tags : undefined);
const parametersOf = (doc: ObjectDoc) => ("parameters" in doc ? doc.parameters : undefined);

/** Comment and parameters out of SET; what else the properties hold is for the kind's own reader. */
export function commonChanges(doc: ObjectDoc, properties: Properties): Partial<ObjectDoc> {
  const changes: Record<string, unknown> = {};
  if (properties.has("COMMENT")) changes["comment"] = properties.text("COMMENT") || undefined;
  const parameters = readParameters(doc.kind, properties);
  if (Object.keys(parameters.set).length > 0 || parameters.unset.length > 0) {
    changes["parameters"] = mergeParameters(parametersOf(doc), parameters);
  }
  return changes as Partial<ObjectDoc>;
}

/** UNSET of comment, parameters and what `own` lists (name → the changes that bring back the default). */
export function unsetCommon(
  doc: ObjectDoc,
  names: readonly string[],
  own: Record<string, object> = {},
): Partial<ObjectDoc> {
  const changes: Record<string, unknown> = {};
  const parameters: string[] = [];
  for (const name of names) {
    const known = own[name];
    if (known) Object.assign(changes, known);
    else if (name === "COMMENT") changes["comment"] = undefined;
    else if (isParameterOf(doc.kind, name)) parameters.push(name);
    else throw unreadProperty(name, doc.kind);
  }
  if (parameters.length > 0) changes["parameters"] = mergeParameters(parametersOf(doc), { unset: parameters });
  return changes as Partial<ObjectDoc>;
}

/** Renames, or moves to another schema or database; the right to create there is needed. Grants stay. */
export function rename(context: ExecutionContext, unit: WriteUnit, doc: ObjectDoc, to: Name): ObjectDoc {
  requireAny(context, ["OWNERSHIP"], doc);
  const { catalogue } = context;
  const create = privilegesOfKind(doc.kind)?.create;
  const put = (name: string, parentId: number | undefined, taken: ObjectDoc | undefined): ObjectDoc => {
    if (name.length > LONGEST_NAME) throw nameTooLong(name);
    if (taken)
      throw objectAlreadyExists(
        doc.kind === "DATABASE_ROLE" ? fullName(catalogue, taken) : printName(...nameParts(context, to)),
      );
    return unit.catalogue.update(doc, { name, ...(parentId === undefined ? {} : { parentId }) } as Partial<ObjectDoc>);
  };
  if (!("parentId" in doc)) {
    const name = nameParts(context, to).at(-1) as string;
    if (create && doc.kind === "DATABASE") requireCreate(context, create, accountOf(catalogue));
    return put(name, undefined, catalogue.find(doc.kind, 0, name));
  }
  if (doc.kind === "SCHEMA" || doc.kind === "DATABASE_ROLE") {
    const target =
      nameParts(context, to).length > 1
        ? inDatabase(context, to, "ALTER")
        : { database: catalogue.get("DATABASE", doc.parentId), own: nameParts(context, to)[0] as string };
    if (!target.database) throw new Error("a schema lies in a database");
    if (create) requireCreate(context, create, target.database);
    return put(target.own, target.database.id, catalogue.find(doc.kind, target.database.id, target.own));
  }
  const place =
    nameParts(context, to).length > 1
      ? resolvePlace(context, to, "ALTER")
      : { schema: catalogue.get("SCHEMA", doc.parentId), name: nameParts(context, to)[0] as string };
  if (!place.schema) throw new Error("an object of a schema lies in a schema");
  if (create) requireCreate(context, create, place.schema);
  const taken =
    doc.kind === "PROCEDURE" || doc.kind === "FUNCTION"
      ? catalogue
          .overloads(doc.kind, place.schema.id, place.name)
          .find((r) => r.arguments.map((a) => a.type.kind).join() === doc.arguments.map((a) => a.type.kind).join())
      : existingIn(context, doc.kind, place.schema.id, place.name, "sessionId" in doc ? doc.sessionId : undefined);
  return put(place.name, place.schema.id, taken);
}
