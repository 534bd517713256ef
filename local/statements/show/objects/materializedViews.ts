import type { MaterializedViewDoc } from "../../../catalogue/model";
import type { ExecutionContext } from "../../../execution/context";
import { owns } from "../../../privileges/index";
import { invalidityOf } from "../../../translate/query/materialized";
import { storedSizes } from "../rowCounts";
import { databaseName, schemaName, schemaObjects } from "../scope";
import { count, moment, type ShowColumn, type ShowTable, text } from "../table";
import { comment, createdOn, database, name, onOff, owner, ownerType, schema } from "./common";

interface Item {
  doc: MaterializedViewDoc;
  /** When the table's rows last changed, in milliseconds; 0 while that is not known. */
  changedOn: number;
}

const of = (column: ShowColumn<MaterializedViewDoc>): ShowColumn<Item> => ({
  ...column,
  value: ({ doc }, context) => column.value(doc, context),
});

const baseOf = ({ doc }: Item, context: ExecutionContext) => context.catalogue.get("TABLE", doc.base.id);

/** Rows are computed when the view is read: how many there are is not known. Source: …/sql-reference/sql/show-materialized-views */
export const MATERIALIZED_VIEWS: ShowTable<Item> = {
  columns: [
    of(createdOn),
    of(name),
    text("reserved", () => ""),
    of(database),
    of(schema),
    text("cluster_by", ({ doc }) => (doc.clusterBy ? `LINEAR(${doc.clusterBy.join(", ")})` : "")),
    count("rows", () => null),
    count("bytes", () => null),
    text("source_database_name", (item, context) => {
      const base = baseOf(item, context);
      return base && databaseName(context, base);
    }),
    text("source_schema_name", (item, context) => {
      const base = baseOf(item, context);
      return base && schemaName(context, base);
    }),
    text("source_table_name", ({ doc }) => doc.base.name),
    moment("refreshed_on", ({ doc, changedOn }) => Math.max(changedOn, doc.createdOn)),
    moment("compacted_on", () => null),
    of(owner),
    text("invalid", ({ doc }, context) => String(invalidityOf(context, doc) !== undefined)),
    text("invalid_reason", ({ doc }, context) => invalidityOf(context, doc)?.reason),
    text("behind_by", () => "0s"),
    of(comment),
    text("text", ({ doc }, context) => (doc.secure && !owns(context, doc) ? "" : doc.text)),
    text("is_secure", ({ doc }) => Boolean(doc.secure)),
    text("automatic_clustering", ({ doc }) => onOff(doc.clusterBy)),
    of(ownerType),
  ],
  items: (context, statement) =>
    schemaObjects(context, statement, "MATERIALIZED_VIEW").map((doc) => ({ doc, changedOn: 0 })),
  async complete(context, items) {
    const bases = items.flatMap((item) => baseOf(item, context) ?? []);
    const sizes = await storedSizes(context, bases);
    for (const item of items) item.changedOn = sizes.get(item.doc.base.id)?.changedOn ?? 0;
  },
  name: ({ doc }) => doc.name,
};
