import type { Comment, Drop, Undrop } from "../../../dialect/index";
import type { ObjectDoc } from "../../catalogue/model";
import {
  doesNotExistOrNotAuthorized,
  invalidIdentifier,
  objectAlreadyExists,
  SnowflakeError,
  unsupportedFeature,
} from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type StatementResult, statusResult } from "../../execution/result";
import { nameParts } from "../../names/parts";
import { printName, resolvePlace } from "../../names/resolve";
import { denied } from "../../privileges/check";
import { has, owns, requirePrivilege, systemRole } from "../../privileges/index";
import { dropAbsent, isAbsentKind } from "./absentKinds";
import { refuseAttached, refuseRuleInUse } from "./account/attachedPolicy";
import { refuseInForce } from "./account/networkPolicy";
import { refuseStartedGraph, releaseDependents } from "./schemaObjects/taskGraph";
import { existingIn } from "./support/create";
import { dropObject, RESTORABLE } from "./support/drop";
import { findTarget, inDatabase, kindOfType, resolveTarget, titleOf } from "./support/target";
import { textOf } from "./support/values";
import { isReferencedFromOutside } from "./tables/keys";

/** DROP of any kind of object: ownership of the object, or of the schema or database that holds it, is needed. */
export function drop(context: ExecutionContext, statement: Drop): Promise<StatementResult> {
  const { objectType } = statement;
  if (isAbsentKind(objectType)) return context.write(async () => dropAbsent(context, statement), { ddl: true });
  const kind = kindOfType(objectType, "DROP");
  return context.write(
    async (unit) => {
      const { doc, printed } = findTarget(context, kind, statement.name, statement.argumentTypes, "DROP");
      const own = nameParts(context, statement.name).at(-1) as string;
      if (!doc) {
        if (!statement.ifExists) throw doesNotExistOrNotAuthorized(titleOf(objectType), printed);
        return statusResult(`Drop statement executed successfully (${own} already dropped).`);
      }
      requireDropRight(context, doc);
      refuseRestricted(context, doc, statement);
      if (doc.kind === "NETWORK_POLICY") refuseInForce(context, doc, "Drop");
      refuseAttached(context, doc);
      refuseRuleInUse(context, doc);
      if (doc.kind === "TASK") {
        refuseStartedGraph(context, doc);
        releaseDependents(context, unit, doc);
      }
      await dropObject(context, unit, doc);
      leaveNamespace(context, doc);
      return statusResult(`${kind === "DATABASE_ROLE" ? printed : own} successfully dropped.`);
    },
    { ddl: true },
  );
}

/** A session is left without the database that it drops, and in PUBLIC, where there is one, without the schema. */
function leaveNamespace(context: ExecutionContext, doc: ObjectDoc): void {
  const { session } = context;
  if (doc.id === session.schemaId && "parentId" in doc)
    session.schemaId = (doc.name !== "PUBLIC" && context.catalogue.schema(doc.parentId, "PUBLIC")?.id) || null;
  if (doc.id !== session.databaseId) return;
  session.databaseId = null;
  session.schemaId = null;
}

function requireDropRight(context: ExecutionContext, doc: ObjectDoc): void {
  if (doc.kind === "ROLE" && systemRole(doc.name)) throw denied(context, doc);
  if (owns(context, doc)) return;
  throw denied(context, doc);
}

function refuseRestricted(context: ExecutionContext, doc: ObjectDoc, statement: Drop): void {
  if (statement.behaviour === "RESTRICT" && isReferencedFromOutside(context.catalogue, doc)) {
    throw new SnowflakeError("003011", "2BP01", `Cannot drop the ${doc.kind.toLowerCase()} because of dependencies`);
  }
  if (doc.kind === "WAREHOUSE" || doc.kind === "USER") return;
  if (statement.behaviour === "PURGE") throw unsupportedFeature(`DROP ${statement.objectType} … PURGE`);
}

/** UNDROP: the latest dropped object of the name comes back, with what it held and its grants. */
export function undrop(context: ExecutionContext, statement: Undrop): Promise<StatementResult> {
  const kind = kindOfType(statement.objectType, "UNDROP");
  if (!RESTORABLE.has(kind)) throw unsupportedFeature(`UNDROP ${statement.objectType}`);
  if (statement.renameTo) throw unsupportedFeature(`UNDROP ${statement.objectType} … RENAME TO`);
  if (statement.name.kind === "IdentifierFunction" && statement.name.argument.kind === "NumberLiteral") {
    throw unsupportedFeature(`UNDROP ${statement.objectType} by id`);
  }
  return context.write(
    async (unit) => {
      const { parentId, name } = whereabouts(context, kind, statement);
      const candidates = context.catalogue
        .dropped(kind)
        .filter((doc) => doc.name === name && ("parentId" in doc ? doc.parentId : 0) === parentId)
        .sort((a, b) => (b.droppedOn as number) - (a.droppedOn as number));
      const doc = candidates[0];
      const title = titleOf(statement.objectType);
      if (!doc) {
        const kindWord = kind.charAt(0) + kind.slice(1).toLowerCase();
        throw new SnowflakeError("090025", "02000", `${kindWord} ${printName(name)} did not exist or was purged.`);
      }
      requirePrivilege(context, "OWNERSHIP", doc);
      const taken = existingIn(context, kind, parentId, name);
      if (taken) throw objectAlreadyExists(printName(...nameParts(context, statement.name)));
      unit.catalogue.undrop(doc);
      return statusResult(`${title} ${name} successfully restored.`);
    },
    { ddl: true },
  );
}

function whereabouts(context: ExecutionContext, kind: ObjectDoc["kind"], statement: Undrop) {
  const operation = `UNDROP ${statement.objectType}`;
  if (kind === "DATABASE") {
    const name = nameParts(context, statement.name).at(-1) as string;
    return { parentId: 0, name };
  }
  if (kind === "SCHEMA") {
    const { database, own } = inDatabase(context, statement.name, operation);
    return { parentId: database.id, name: own };
  }
  const { schema, name } = resolvePlace(context, statement.name, operation);
  return { parentId: schema.id, name };
}

/** COMMENT ON any object, or on a column as `COLUMN t.c`. */
export function comment(context: ExecutionContext, statement: Comment): Promise<StatementResult> {
  return context.write(
    async (unit) => {
      const text = textOf(context, statement.comment, "COMMENT") || undefined;
      const done = statusResult("Statement executed successfully.");
      if (statement.objectType === "COLUMN") {
        commentOnColumn(context, unit, statement, text);
        return done;
      }
      const operation = `COMMENT ON ${statement.objectType}`;
      const kind = kindOfType(statement.objectType, "COMMENT ON");
      const { doc } = findTarget(context, kind, statement.name, statement.argumentTypes, operation);
      if (!doc && statement.ifExists) return done;
      const target =
        doc ?? resolveTarget(context, statement.objectType, statement.name, statement.argumentTypes, operation);
      if (!has(context, "MODIFY", target)) requirePrivilege(context, "OWNERSHIP", target);
      unit.catalogue.update<ObjectDoc>(target, { comment: text } as Partial<ObjectDoc>);
      return done;
    },
    { ddl: true },
  );
}

function commentOnColumn(
  context: ExecutionContext,
  unit: Parameters<Parameters<ExecutionContext["write"]>[0]>[0],
  statement: Comment,
  text: string | undefined,
): void {
  const { name } = statement;
  if (name.kind !== "ObjectName" || name.parts.length < 2)
    throw unsupportedFeature("COMMENT ON COLUMN without a table");
  const table = { ...name, parts: name.parts.slice(0, -1) };
  const column = name.parts.at(-1)?.value as string;
  const place = resolvePlace(context, table, "COMMENT ON COLUMN");
  const relation = context.catalogue.relation(place.schema.id, place.name, context.session.id);
  if (!relation) {
    if (statement.ifExists) return;
    throw doesNotExistOrNotAuthorized("Table", printName(place.database.name, place.schema.name, place.name));
  }
  requirePrivilege(context, "OWNERSHIP", relation);
  if (!relation.columns.some((c) => c.name === column)) {
    if (statement.ifExists) return;
    throw invalidIdentifier(printName(column));
  }
  unit.catalogue.update<ObjectDoc>(relation, {
    columns: relation.columns.map((c) => (c.name === column ? { ...c, comment: text } : c)),
  } as Partial<ObjectDoc>);
}
