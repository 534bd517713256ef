import type { PipeDoc } from "../../../catalogue/model";
import { has, hasGlobal } from "../../../privileges/index";
import { pipeState } from "../../../stages/pipeState";
import { schemaObjects } from "../scope";
import { type ShowTable, text } from "../table";
import { comment, createdOn, database, name, owner, ownerType, schema } from "./common";

const INVALID: Readonly<Record<string, string>> = {
  STOPPED_MISSING_TABLE: "Target table does not exist or not authorized.",
  STOPPED_STAGE_DROPPED: "Stage does not exist or not authorized.",
};

/** SHOW PIPES and DESCRIBE PIPE. Source: https://docs.snowflake.com/en/sql-reference/sql/show-pipes */
export const PIPES: ShowTable<PipeDoc> = {
  columns: [
    createdOn,
    name,
    database,
    schema,
    text("definition", ({ definition }) => definition),
    owner,
    text("notification_channel", () => null),
    comment,
    text("integration", () => null),
    text("pattern", ({ pattern }) => pattern ?? null),
    text("error_integration", () => null),
    ownerType,
    text("invalid_reason", (doc, context) => INVALID[pipeState(context.catalogue, doc)] ?? null),
    text("kind", () => "STAGE"),
    text("is_snowflake_managed", () => false),
  ],
  ignores: ["STARTS WITH", "LIMIT"],
  items: (context, statement) =>
    schemaObjects(context, statement, "PIPE").filter(
      (doc) =>
        hasGlobal(context, "MANAGE GRANTS") ||
        ["OWNERSHIP", "MONITOR", "OPERATE"].some((privilege) => has(context, privilege, doc)),
    ),
  name: (doc) => doc.name,
};
