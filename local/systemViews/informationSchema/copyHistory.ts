import { parseObjectName } from "../../../dialect/index";
import type { ObjectDoc, TableDoc } from "../../catalogue/model";
import { compilationError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { resolveRelation } from "../../names/resolve";
import { type LoadedFile, loadsOf } from "../../stages/loadHistory";
import { number, timestampLtz } from "../../types/dataType";
import { textArgument, timeArgument } from "../arguments";
import { count, moment, none, type SystemColumn, systemFunctionOf, systemViewOf, text } from "../define";
import { objectsOf } from "./scope";

interface Item {
  table: TableDoc;
  load: LoadedFile;
}

const KEPT_MS = 14 * 86_400_000;

const STATUS: Record<LoadedFile["status"], string> = {
  LOADED: "Loaded",
  PARTIALLY_LOADED: "Partially loaded",
  LOAD_FAILED: "Load failed",
};

const parentOf = (context: ExecutionContext, doc: ObjectDoc | undefined): ObjectDoc | undefined =>
  doc && "parentId" in doc ? context.catalogue.byId(doc.parentId) : undefined;

const COLUMNS: SystemColumn<Item>[] = [
  text("FILE_NAME", ({ load }) => load.file),
  text("STAGE_LOCATION", ({ load }) => load.stage),
  moment("LAST_LOAD_TIME", ({ load }) => load.time),
  count("ROW_COUNT", ({ load }) => load.rowsLoaded),
  count("ROW_PARSED", ({ load }) => load.rowsParsed),
  count("FILE_SIZE", ({ load }) => load.size),
  text("FIRST_ERROR_MESSAGE", ({ load }) => load.firstError),
  count("FIRST_ERROR_LINE_NUMBER", ({ load }) => load.firstErrorLine),
  count("FIRST_ERROR_CHARACTER_POS", ({ load }) => load.firstErrorCharacter),
  text("FIRST_ERROR_COLUMN_NAME", ({ load }) => load.firstErrorColumn),
  count("ERROR_COUNT", ({ load }) => load.errorsSeen),
  count("ERROR_LIMIT", ({ load }) => load.errorLimit),
  text("STATUS", ({ load }) => STATUS[load.status]),
  text("TABLE_CATALOG_NAME", ({ table }, context) => parentOf(context, parentOf(context, table))?.name),
  text("TABLE_SCHEMA_NAME", ({ table }, context) => parentOf(context, table)?.name),
  text("TABLE_NAME", ({ table }) => table.name),
  none("PIPE_CATALOG_NAME"),
  none("PIPE_SCHEMA_NAME"),
  none("PIPE_NAME"),
  none("PIPE_RECEIVED_TIME", timestampLtz(3)),
  none("BYTES_BILLED", number(38, 0)),
];

const LOAD_STATUS: Record<LoadedFile["status"], string> = {
  LOADED: "LOADED",
  PARTIALLY_LOADED: "PARTIALLY LOADED",
  LOAD_FAILED: "LOAD FAILED",
};

/** Source: https://docs.snowflake.com/en/sql-reference/info-schema/load_history */
export const LOAD_HISTORY = systemViewOf<Item>(
  "LOAD_HISTORY",
  [
    text("SCHEMA_NAME", ({ table }, context) => parentOf(context, table)?.name),
    text("FILE_NAME", ({ load }) => load.file),
    text("TABLE_NAME", ({ table }) => table.name),
    moment("LAST_LOAD_TIME", ({ load }) => load.time),
    text("STATUS", ({ load }) => LOAD_STATUS[load.status]),
    count("ROW_COUNT", ({ load }) => load.rowsLoaded),
    count("ROW_PARSED", ({ load }) => load.rowsParsed),
    text("FIRST_ERROR_MESSAGE", ({ load }) => load.firstError),
    count("FIRST_ERROR_LINE_NUMBER", ({ load }) => load.firstErrorLine),
    count("FIRST_ERROR_CHARACTER_POSITION", ({ load }) => load.firstErrorCharacter),
    text("FIRST_ERROR_COL_NAME", ({ load }) => load.firstErrorColumn),
    count("ERROR_COUNT", ({ load }) => load.errorsSeen),
    count("ERROR_LIMIT", ({ load }) => load.errorLimit),
  ],
  async (context, databaseId) => {
    const from = Number(context.now / 1000n) - KEPT_MS;
    const items: Item[] = [];
    for (const table of objectsOf(context, databaseId, "TABLE"))
      items.push(...(await loadsOf(context, table.id, from)).map((load) => ({ table, load })));
    return items;
  },
);

/** Files that COPY has loaded into a table, since it was truncated last. Source: …/functions/copy_history */
export const COPY_HISTORY = systemFunctionOf<Item>(
  "COPY_HISTORY",
  ["TABLE_NAME", "START_TIME", "END_TIME?", "PIPE_NAME?"],
  COLUMNS,
  async (context, args) => {
    const now = Number(context.now / 1000n);
    const from = timeArgument(args, "START_TIME") ?? now - KEPT_MS;
    const to = timeArgument(args, "END_TIME") ?? now;
    if (from < now - KEPT_MS - 60_000)
      throw compilationError("001008", "22023", "START_TIME of COPY_HISTORY must lie within the last 14 days.");
    const name = parseObjectName(textArgument(args, "TABLE_NAME") ?? "");
    const table = resolveRelation(context, name, "COPY_HISTORY", "Table");
    if (table.kind !== "TABLE") return [];
    const loads = await loadsOf(context, table.id, from);
    return loads.filter(({ time }) => time <= to).map((load) => ({ table, load }));
  },
);
