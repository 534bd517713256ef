import type { CreateModifiers, Name } from "../../../../dialect/index";
import type { DocOf, GrantDoc, ObjectDoc, ObjectKind } from "../../../catalogue/model";
import { RELATION_KINDS } from "../../../catalogue/model";
import type { NewDoc } from "../../../catalogue/transaction";
import { toMillis } from "../../../clock";
import { compilationError, LONGEST_NAME, nameTooLong, objectAlreadyExists, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { type StatementResult, statusResult } from "../../../execution/result";
import { nameParts } from "../../../names/parts";
import { printName } from "../../../names/resolve";
import { applyFutureGrants, grantsOn, requireCreate, requirePrivilege } from "../../../privileges/index";
import { creatorRole } from "../../../privileges/owner";
import type { WriteUnit } from "../../../store/writeUnit";
import { dropObject } from "./drop";
import { withTagsOf } from "./tags";

/** A document before the common parts (id, owner, name, parent) are known. */
export type Draft<K extends ObjectKind> = Omit<NewDoc<K>, "name" | "ownerId" | "parentId" | "kind">;

export interface Creation<K extends ObjectKind> {
  kind: K;
  name: string;
  /** Where it is made: a schema, a database, or the account. Its right to create is checked there. */
  container: ObjectDoc;
  /** The privilege on the container; absent when the caller has checked. */
  privilege?: string;
  /** How the status line begins: `Stage area`, `Warehouse`. */
  title: string;
  existing: ObjectDoc | undefined;
  /** Temporary: belongs to this session. */
  sessionId?: string;
  /** `COPY GRANTS`: the new object takes over the grants of the one it replaces. */
  copyGrants?: boolean;
  /** `COPY TAGS`: the new relation and its columns have the tags of the one it replaces, which win over others of their own. */
  copyTags?: boolean;
  draft(unit: WriteUnit): Draft<K> | Promise<Draft<K>>;
  /** After the document exists: physical tables, first refresh. */
  after?(unit: WriteUnit, doc: DocOf<K>): Promise<void>;
  /** CREATE OR ALTER of an object that exists; absent = not possible for this kind. */
  alter?(unit: WriteUnit, existing: DocOf<K>): Promise<void>;
  /** The name as status lines have it, where it is not the bare name. */
  printed?: string;
  /** Status line, where it is not `<title> <name> successfully created.` */
  status?: string;
}

/**
 * The course of every CREATE: permission on the container, what becomes of an object of the same name, the document with its
 * owner, future grants. Runs inside the write.
 */
export async function createObject<K extends ObjectKind>(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: Pick<CreateModifiers, "orReplace" | "orAlter" | "ifNotExists" | "name">,
  creation: Creation<K>,
): Promise<StatementResult> {
  const { existing, kind, name } = creation;
  if (name.length > LONGEST_NAME && kind !== "PROCEDURE" && kind !== "FUNCTION") throw nameTooLong(name);
  const printed = creation.printed ?? name;
  if (statement.orReplace && statement.ifNotExists) {
    throw compilationError("002047", "0A000", "options IF NOT EXISTS and OR REPLACE are incompatible.");
  }
  if (existing && statement.orAlter) {
    if (existing.kind !== kind) throw existsAs(context, statement.name, existing);
    if (!creation.alter) throw unsupportedFeature(`CREATE OR ALTER ${kind.replaceAll("_", " ")}`);
    requirePrivilege(context, "OWNERSHIP", existing);
    await creation.alter(unit, existing as DocOf<K>);
    const altered = unit.catalogue.snapshot.byId(existing.id) as ObjectDoc;
    unit.catalogue.update(altered, { lastDdlOn: toMillis(context.now) } as Partial<ObjectDoc>);
    return statusResult(`${creation.title} ${printed} successfully altered.`);
  }
  if (statement.orAlter && !creation.alter) throw unsupportedFeature(`CREATE OR ALTER ${kind.replaceAll("_", " ")}`);
  if (creation.privilege) requireCreate(context, creation.privilege, creation.container);
  if (existing) {
    if (existing.kind !== kind) throw existsAs(context, statement.name, existing);
    if (statement.ifNotExists) return statusResult(`${printed} already exists, statement succeeded.`);
    if (!statement.orReplace)
      throw objectAlreadyExists(creation.printed ?? printName(...nameParts(context, statement.name)));
    requirePrivilege(context, "OWNERSHIP", existing);
  }
  const drafted = await creation.draft(unit);
  const draft = existing && creation.copyTags ? (withTagsOf(existing, drafted) as Draft<K>) : drafted;
  const kept = existing && creation.copyGrants ? [...grantsOn(unit.catalogue.snapshot, existing.id)] : [];
  if (existing) await dropObject(context, unit, existing);
  const doc = unit.catalogue.create<K>({
    ...draft,
    kind,
    name,
    ownerId: creatorRole(context),
    ...(creation.container.kind === "ACCOUNT" ? {} : { parentId: creation.container.id }),
    ...(creation.sessionId === undefined ? {} : { sessionId: creation.sessionId }),
  } as unknown as NewDoc<K>);
  giveGrants(unit, kept, doc);
  // Future grants do not meet what takes over the grants of the one before it.
  const copies = existing !== undefined && creation.copyGrants === true;
  const owned = creation.sessionId === undefined && !copies ? applyFutureGrants(unit.catalogue, doc) : doc;
  await creation.after?.(unit, owned);
  return statusResult(creation.status ?? `${creation.title} ${printed} successfully created.`);
}

/** Neither OR REPLACE nor IF NOT EXISTS gets past an object of another kind. */
const existsAs = (context: ExecutionContext, name: Name, existing: ObjectDoc) =>
  compilationError(
    "001998",
    "42710",
    `Object '${printName(...nameParts(context, name))}' already exists as ${existing.kind}`,
  );

/** Every grant but OWNERSHIP passes to the new object. */
export const copyGrants = (unit: WriteUnit, from: ObjectDoc, to: ObjectDoc): void =>
  giveGrants(unit, grantsOn(unit.catalogue.snapshot, from.id), to);

function giveGrants(unit: WriteUnit, grants: readonly GrantDoc[], to: ObjectDoc): void {
  for (const { id: _, createdOn: __, ...rest } of grants) {
    unit.catalogue.create<"GRANT">({ ...rest, objectId: to.id });
  }
}

/** What stands in the way of a new object of this kind and name in a schema: relations and streams share one set of names. */
export function existingIn(
  context: ExecutionContext,
  kind: ObjectKind,
  schemaId: number,
  name: string,
  sessionId?: string,
): ObjectDoc | undefined {
  const { catalogue } = context;
  if (kind === "STREAM") {
    const relation = catalogue.relation(schemaId, name, context.session.id);
    if (relation) return relation;
  }
  if ((RELATION_KINDS as readonly ObjectKind[]).includes(kind)) {
    // Not even a temporary table may have the name of a stream.
    const stream = catalogue.find("STREAM", schemaId, name);
    if (stream) return stream;
    const found = catalogue.relation(schemaId, name, sessionId);
    // A temporary object hides a permanent one and may be made beside it.
    return found && found.sessionId === sessionId ? found : sameScope(catalogue.relation(schemaId, name), sessionId);
  }
  const found = catalogue.find(kind, schemaId, name, sessionId);
  return sameScope(found, sessionId);
}

const sameScope = (doc: ObjectDoc | undefined, sessionId: string | undefined): ObjectDoc | undefined =>
  doc && ("sessionId" in doc ? doc.sessionId : undefined) === sessionId ? doc : undefined;
