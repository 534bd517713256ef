import { type CloneSource, type CreateStream, parseObjectName, type TimeTravel } from "../../../../dialect/index";
import { isView, kindText, type RelationDoc, type StreamDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolvePlace, resolveRelation, resolveSchemaObject } from "../../../names/resolve";
import { denied } from "../../../privileges/check";
import { has, isVisible, owns, requirePrivilege } from "../../../privileges/index";
import { staleAfter } from "../../../streams/stale";
import { streamEngine } from "../support/engines";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { wrongKind } from "../support/target";
import { createInSchema, type SchemaObjectCreation } from "./place";

export function createStream(context: ExecutionContext, statement: CreateStream): Promise<StatementResult> {
  const { onType, clone } = statement;
  if (clone) return createInSchema(context, statement, "STREAM", () => cloneOf(context, clone, statement));
  if (onType !== "TABLE" && onType !== "VIEW" && onType !== "DYNAMIC TABLE") {
    throw unsupportedFeature(`CREATE STREAM ON ${onType}`);
  }
  return createInSchema(context, statement, "STREAM", (unit) => ({
    copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
    async draft() {
      const properties = new Properties(context, statement.properties);
      properties.take("COPY GRANTS");
      const appendOnly = properties.boolean("APPEND_ONLY") ?? false;
      const insertOnly = properties.boolean("INSERT_ONLY") ?? false;
      const showInitialRows = properties.boolean("SHOW_INITIAL_ROWS") ?? false;
      const comment = properties.text("COMMENT");
      properties.finish("STREAM");
      if (insertOnly)
        throw new SnowflakeError(
          "001420",
          "22023",
          "Streams of type INSERT_ONLY can only be created on external tables or Iceberg tables with an external catalog integration.",
        );
      if (!statement.on) throw unsupportedFeature("CREATE STREAM without ON");
      const source = resolveRelation(context, statement.on, "CREATE STREAM", SAID[onType]);
      if (source.kind.replaceAll("_", " ") !== onType) {
        throw wrongKind(source.kind, onType.replaceAll(" ", "_") as RelationDoc["kind"]);
      }
      requirePrivilege(context, "SELECT", source);
      if (isView(source)) throw unsupportedFeature(`CREATE STREAM ON ${kindText(source.kind)}`);
      if (source.kind === "DYNAMIC_TABLE" && appendOnly)
        throw new SnowflakeError(
          "001420",
          "22023",
          "Change tracking of type APPEND_ONLY is not supported on dynamic tables.",
        );
      const start = statement.timeTravel && startOf(context, statement.timeTravel, source);
      const tracked = enableChangeTracking(context, source);
      if (tracked) unit.catalogue.update(source, { changeTracking: true } as Partial<RelationDoc>);
      return {
        comment,
        sourceId: source.id,
        mode: appendOnly ? "APPEND_ONLY" : "DEFAULT",
        ...(showInitialRows ? { showInitialRows } : {}),
        offset: start ?? (await streamEngine()).streamOffsetNow(context, unit),
        staleAfter: staleAfter(unit, source, toMillis(context.now)),
        tags: tagValues(context, statement.tags),
      } satisfies Omit<StreamDoc, "id" | "name" | "kind" | "createdOn" | "ownerId" | "parentId">;
    },
  }));
}

const SAID = { TABLE: "Table", VIEW: "View", "DYNAMIC TABLE": "Dynamic table" };

/** A stream of the same kind, on the same source, at the same offset. */
function cloneOf(
  context: ExecutionContext,
  { source, timeTravel }: CloneSource,
  { properties: written }: CreateStream,
): SchemaObjectCreation<"STREAM"> {
  if (timeTravel) throw unsupportedFeature("CREATE STREAM … CLONE … AT | BEFORE");
  const original = resolveSchemaObject(context, "STREAM", source, "CREATE STREAM");
  requirePrivilege(context, "SELECT", original);
  return {
    copyGrants: written.some(({ name }) => name === "COPY GRANTS"),
    draft() {
      const properties = new Properties(context, written);
      properties.take("COPY GRANTS");
      const comment = properties.has("COMMENT") ? properties.text("COMMENT") : original.comment;
      properties.finish("STREAM");
      const { sourceId, mode, showInitialRows, offset, staleAfter } = original;
      return { sourceId, mode, offset, staleAfter, comment, ...(showInitialRows ? { showInitialRows } : {}) };
    },
  };
}

/** The offset of `AT (STREAM => 'name')`: that of the other stream, which is on the same source. */
function startOf(context: ExecutionContext, { when, point, value }: TimeTravel, source: RelationDoc): string {
  if (point !== "STREAM") throw unsupportedFeature(`CREATE STREAM … ${when} (${point} => …)`);
  if (when !== "AT") throw unsupportedFeature("CREATE STREAM … BEFORE (STREAM => …)");
  if (value.kind !== "StringLiteral") throw unsupportedFeature("CREATE STREAM … AT (STREAM => …) by other than a text");
  const notFound = () => new SnowflakeError("002003", "02000", `Stream '${value.value}' not found.`);
  const name = parseObjectName(value.value);
  if (name.kind !== "ObjectName") throw notFound();
  const place = resolvePlace(context, name, "CREATE STREAM");
  const other = context.catalogue.find("STREAM", place.schema.id, place.name);
  if (!other || !isVisible(context, other)) throw notFound();
  if (other.sourceId !== source.id)
    throw unsupportedFeature("CREATE STREAM … AT the offset of a stream on another table");
  return other.offset;
}

/** The first stream on a table switches its change tracking on, which is the owner's right. */
function enableChangeTracking(context: ExecutionContext, source: RelationDoc): boolean {
  if (source.kind === "DYNAMIC_TABLE" || source.kind === "MATERIALIZED_VIEW" || source.changeTracking) return false;
  if (!owns(context, source) && !has(context, "OWNERSHIP", source)) throw denied(context, source);
  return true;
}
