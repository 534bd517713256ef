import type { CreateStream } from "../../../../dialect/index";
import type { RelationDoc, StreamDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import { SnowflakeError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolveRelation } from "../../../names/resolve";
import { denied } from "../../../privileges/check";
import { has, owns, requirePrivilege } from "../../../privileges/index";
import { staleAfter } from "../../../streams/stale";
import { streamEngine } from "../support/engines";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { wrongKind } from "../support/target";
import { createInSchema } from "./place";

export function createStream(context: ExecutionContext, statement: CreateStream): Promise<StatementResult> {
  if (statement.clone) throw unsupportedFeature("CREATE STREAM … CLONE");
  if (statement.timeTravel) throw unsupportedFeature("CREATE STREAM … AT | BEFORE");
  const { onType } = statement;
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
      const source = resolveRelation(context, statement.on, "CREATE STREAM", onType === "VIEW" ? "View" : "Table");
      if (source.kind.replaceAll("_", " ") !== onType) {
        throw wrongKind(source.kind, onType.replaceAll(" ", "_") as RelationDoc["kind"]);
      }
      requirePrivilege(context, "SELECT", source);
      if (source.kind === "VIEW") throw unsupportedFeature("CREATE STREAM ON VIEW");
      const tracked = enableChangeTracking(context, source);
      if (tracked) unit.catalogue.update(source, { changeTracking: true } as Partial<RelationDoc>);
      return {
        comment,
        sourceId: source.id,
        mode: appendOnly ? "APPEND_ONLY" : "DEFAULT",
        ...(showInitialRows ? { showInitialRows } : {}),
        offset: showInitialRows ? "0" : (await streamEngine()).streamOffsetNow(context, unit),
        staleAfter: staleAfter(unit, source, toMillis(context.now)),
        tags: tagValues(context, statement.tags),
      } satisfies Omit<StreamDoc, "id" | "name" | "kind" | "createdOn" | "ownerId" | "parentId">;
    },
  }));
}

/** The first stream on a table switches its change tracking on, which is the owner's right. */
function enableChangeTracking(context: ExecutionContext, source: RelationDoc): boolean {
  if (source.kind === "DYNAMIC_TABLE" || source.changeTracking) return false;
  if (!owns(context, source) && !has(context, "OWNERSHIP", source)) throw denied(context, source);
  return true;
}
