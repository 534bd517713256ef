import {
  type ColumnDoc,
  type DynamicTableDoc,
  isView,
  kindText,
  type RelationDoc,
  type TableDoc,
  type ViewDoc,
} from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { objectParameter } from "../../parameters/effective";
import { owns } from "../../privileges/index";
import type { Stored } from "../../statements/show/rowCounts";
import { storedSizes } from "../../statements/show/rowCounts";
import { databaseName, ownerName, schemaName, sorted } from "../../statements/show/scope";
import { number } from "../../types/dataType";
import { count, moment, none, type SystemColumn, systemViewOf, text } from "../define";
import { databaseOf, objectsOf } from "./scope";

const yesNo = (value: unknown): string => (value ? "YES" : "NO");

interface Listed {
  relation: RelationDoc;
  /** Of what stores rows. */
  size?: Stored | undefined;
}

/** A view of INFORMATION_SCHEMA itself, as its own TABLES lists it. */
export interface SystemListed {
  system: string;
  database: string;
}

type Row = Listed | SystemListed;

const of =
  <T>(value: (listed: Listed, context: ExecutionContext) => T) =>
  (row: Row, context: ExecutionContext): T | null =>
    "system" in row ? null : value(row, context);

const stored = (relation: RelationDoc): relation is TableDoc | DynamicTableDoc => !isView(relation);

const tableType = (relation: RelationDoc): string =>
  isView(relation)
    ? kindText(relation.kind)
    : relation.kind === "TABLE" && relation.temporary
      ? "TEMPORARY TABLE"
      : "BASE TABLE";

const clustering = ({ relation }: Listed): string | null =>
  stored(relation) && relation.clusterBy?.length ? `LINEAR(${relation.clusterBy.join(", ")})` : null;

const retention = ({ relation }: Listed, context: ExecutionContext): string | null =>
  stored(relation) ? String(objectParameter(context.catalogue, relation, "DATA_RETENTION_TIME_IN_DAYS").value) : null;

const lastDdl = ({ relation }: Listed): number => relation.lastDdlOn ?? relation.createdOn;

export const TABLE_COLUMNS: SystemColumn<Row>[] = [
  text("TABLE_CATALOG", (row, context) => ("system" in row ? row.database : databaseName(context, row.relation))),
  text("TABLE_SCHEMA", (row, context) => ("system" in row ? "INFORMATION_SCHEMA" : schemaName(context, row.relation))),
  text("TABLE_NAME", (row) => ("system" in row ? row.system : row.relation.name)),
  text(
    "TABLE_OWNER",
    of(({ relation }, context) => ownerName(context, relation)),
  ),
  text("TABLE_TYPE", (row) => ("system" in row ? "VIEW" : tableType(row.relation))),
  text(
    "IS_TRANSIENT",
    of(({ relation }) => (stored(relation) ? yesNo(relation.transient) : null)),
  ),
  text("CLUSTERING_KEY", of(clustering)),
  count(
    "ROW_COUNT",
    of(({ size }) => size?.rows),
  ),
  count(
    "BYTES",
    of(({ size }) => size?.bytes),
  ),
  count("RETENTION_TIME", of(retention)),
  none("SELF_REFERENCING_COLUMN_NAME"),
  none("REFERENCE_GENERATION"),
  none("USER_DEFINED_TYPE_CATALOG"),
  none("USER_DEFINED_TYPE_SCHEMA"),
  none("USER_DEFINED_TYPE_NAME"),
  text(
    "IS_INSERTABLE_INTO",
    of(({ relation }) => (relation.kind === "TABLE" ? "YES" : "NO")),
  ),
  text(
    "IS_TYPED",
    of(() => "YES"),
  ),
  none("COMMIT_ACTION"),
  moment(
    "CREATED",
    of(({ relation }) => relation.createdOn),
  ),
  moment(
    "LAST_ALTERED",
    of((listed) => Math.max(lastDdl(listed), listed.size?.changedOn ?? 0)),
  ),
  moment("LAST_DDL", of(lastDdl)),
  none("LAST_DDL_BY"),
  text(
    "AUTO_CLUSTERING_ON",
    of(({ relation }) => (stored(relation) ? yesNo(relation.clusterBy) : "NO")),
  ),
  text(
    "COMMENT",
    of(({ relation }) => relation.comment),
  ),
  text(
    "IS_TEMPORARY",
    of(({ relation }) => yesNo("temporary" in relation && relation.temporary)),
  ),
  text(
    "IS_ICEBERG",
    of(() => "NO"),
  ),
  text(
    "IS_DYNAMIC",
    of(({ relation }) => yesNo(relation.kind === "DYNAMIC_TABLE")),
  ),
  text(
    "IS_IMMUTABLE",
    of(() => "NO"),
  ),
  text(
    "IS_HYBRID",
    of(() => "NO"),
  ),
];

const relationsOf = (context: ExecutionContext, databaseId: number | null): RelationDoc[] =>
  sorted<RelationDoc>(context, [
    ...objectsOf(context, databaseId, "TABLE"),
    ...objectsOf(context, databaseId, "DYNAMIC_TABLE"),
    ...objectsOf(context, databaseId, "VIEW"),
    ...objectsOf(context, databaseId, "MATERIALIZED_VIEW"),
  ]);

export async function listedRelations(context: ExecutionContext, databaseId: number | null): Promise<Listed[]> {
  const relations = relationsOf(context, databaseId);
  const sizes = await storedSizes(context, relations.filter(stored));
  return relations.map((relation) => ({ relation, size: sizes.get(relation.id) }));
}

/** The views of INFORMATION_SCHEMA are among its own rows; `names` is known only when all are defined. */
export const tablesView = (names: () => readonly string[]) =>
  systemViewOf<Row>("TABLES", TABLE_COLUMNS, async (context, databaseId) => {
    const database = databaseOf(context, databaseId).name;
    const own = names().map((system): SystemListed => ({ system, database }));
    return [...own, ...(await listedRelations(context, databaseId))];
  });

export const VIEW_COLUMNS: SystemColumn<ViewDoc>[] = [
  text("TABLE_CATALOG", (view, context) => databaseName(context, view)),
  text("TABLE_SCHEMA", (view, context) => schemaName(context, view)),
  text("TABLE_NAME", (view) => view.name),
  text("TABLE_OWNER", (view, context) => ownerName(context, view)),
  text("VIEW_DEFINITION", (view, context) => (owns(context, view) || !view.secure ? view.text : null)),
  text("CHECK_OPTION", () => "NONE"),
  text("IS_UPDATABLE", () => "NO"),
  text("INSERTABLE_INTO", () => "NO"),
  text("IS_SECURE", (view) => yesNo(view.secure)),
  moment("CREATED", (view) => view.createdOn),
  moment("LAST_ALTERED", (view) => view.lastDdlOn ?? view.createdOn),
  moment("LAST_DDL", (view) => view.lastDdlOn ?? view.createdOn),
  none("LAST_DDL_BY"),
  text("COMMENT", (view) => view.comment),
];

export const VIEWS = systemViewOf("VIEWS", VIEW_COLUMNS, (context, databaseId) =>
  objectsOf(context, databaseId, "VIEW"),
);

interface OfColumn {
  relation: RelationDoc;
  column: ColumnDoc;
  position: number;
}

const DATA_TYPE: Partial<Record<ColumnDoc["type"]["kind"], string>> = { VARCHAR: "TEXT" };

export const COLUMN_COLUMNS: SystemColumn<OfColumn>[] = [
  text("TABLE_CATALOG", ({ relation }, context) => databaseName(context, relation)),
  text("TABLE_SCHEMA", ({ relation }, context) => schemaName(context, relation)),
  text("TABLE_NAME", ({ relation }) => relation.name),
  text("COLUMN_NAME", ({ column }) => column.name),
  count("ORDINAL_POSITION", ({ position }) => position),
  text("COLUMN_DEFAULT", ({ column }) => column.defaultText),
  text("IS_NULLABLE", ({ column }) => yesNo(column.nullable)),
  text("DATA_TYPE", ({ column }) => DATA_TYPE[column.type.kind] ?? column.type.kind),
  count("CHARACTER_MAXIMUM_LENGTH", ({ column: { type } }) => (type.kind === "VARCHAR" ? type.length : null)),
  count("CHARACTER_OCTET_LENGTH", ({ column: { type } }) =>
    type.kind === "VARCHAR"
      ? Math.min(type.length * 4, Math.max(16_777_216, type.length))
      : type.kind === "BINARY"
        ? type.length
        : null,
  ),
  count("NUMERIC_PRECISION", ({ column: { type } }) => (type.kind === "NUMBER" ? type.precision : null)),
  count("NUMERIC_PRECISION_RADIX", ({ column: { type } }) => (type.kind === "NUMBER" ? 10 : null)),
  count("NUMERIC_SCALE", ({ column: { type } }) => (type.kind === "NUMBER" ? type.scale : null)),
  count("DATETIME_PRECISION", ({ column: { type } }) =>
    type.kind === "TIME" || type.kind.startsWith("TIMESTAMP") ? (type as { scale: number }).scale : null,
  ),
  none("INTERVAL_TYPE"),
  none("INTERVAL_PRECISION", number()),
  none("CHARACTER_SET_CATALOG"),
  none("CHARACTER_SET_SCHEMA"),
  none("CHARACTER_SET_NAME"),
  none("COLLATION_CATALOG"),
  none("COLLATION_SCHEMA"),
  text("COLLATION_NAME", ({ column: { type } }) => (type.kind === "VARCHAR" ? (type.collation ?? null) : null)),
  none("DOMAIN_CATALOG"),
  none("DOMAIN_SCHEMA"),
  none("DOMAIN_NAME"),
  none("UDT_CATALOG"),
  none("UDT_SCHEMA"),
  none("UDT_NAME"),
  none("SCOPE_CATALOG"),
  none("SCOPE_SCHEMA"),
  none("SCOPE_NAME"),
  none("MAXIMUM_CARDINALITY", number()),
  none("DTD_IDENTIFIER"),
  text("IS_SELF_REFERENCING", () => "NO"),
  text("IS_IDENTITY", ({ column }) => yesNo(column.identity)),
  text("IDENTITY_GENERATION", ({ column }) => (column.identity ? "BY DEFAULT" : null)),
  text("IDENTITY_START", ({ column }) => column.identity?.start),
  text("IDENTITY_INCREMENT", ({ column }) => column.identity?.step),
  none("IDENTITY_MAXIMUM"),
  none("IDENTITY_MINIMUM"),
  text("IDENTITY_CYCLE", ({ column }) => (column.identity ? "NO" : null)),
  text("IDENTITY_ORDERED", ({ column }) => (column.identity ? yesNo(column.identity.ordered !== false) : null)),
  none("SCHEMA_EVOLUTION_RECORD"),
  text("COMMENT", ({ column }) => column.comment),
  none("DATA_TYPE_ALIAS"),
  none("EXPRESSION"),
  text("KIND", () => "COLUMN"),
];

export const columnsOf = (context: ExecutionContext, databaseId: number | null): OfColumn[] =>
  relationsOf(context, databaseId).flatMap((relation) =>
    relation.columns.map((column, i) => ({ relation, column, position: i + 1 })),
  );

export const COLUMNS = systemViewOf("COLUMNS", COLUMN_COLUMNS, columnsOf);

interface OfConstraint {
  table: TableDoc;
  constraint: NonNullable<TableDoc["constraints"]>[number];
}

const constraintsOf = (context: ExecutionContext, databaseId: number | null): OfConstraint[] =>
  objectsOf(context, databaseId, "TABLE").flatMap((table) =>
    (table.constraints ?? []).map((constraint) => ({ table, constraint })),
  );

export const TABLE_CONSTRAINTS = systemViewOf<OfConstraint>(
  "TABLE_CONSTRAINTS",
  [
    text("CONSTRAINT_CATALOG", ({ table }, context) => databaseName(context, table)),
    text("CONSTRAINT_SCHEMA", ({ table }, context) => schemaName(context, table)),
    text("CONSTRAINT_NAME", ({ constraint }) => constraint.name),
    text("TABLE_CATALOG", ({ table }, context) => databaseName(context, table)),
    text("TABLE_SCHEMA", ({ table }, context) => schemaName(context, table)),
    text("TABLE_NAME", ({ table }) => table.name),
    text("CONSTRAINT_TYPE", ({ constraint }) => constraint.type),
    text("IS_DEFERRABLE", () => "NO"),
    text("INITIALLY_DEFERRED", () => "YES"),
    text("ENFORCED", () => "NO"),
    text("COMMENT", ({ constraint }) => constraint.comment),
    moment("CREATED", ({ constraint }) => constraint.createdOn),
    moment("LAST_ALTERED", ({ constraint }) => constraint.createdOn),
    text("RELY", ({ constraint }) => (constraint.rely ? "YES" : "NO")),
  ],
  (context, databaseId) => constraintsOf(context, databaseId),
);

/** The unique or primary key of the referenced table that a foreign key points to, by its columns. */
function referencedKey(context: ExecutionContext, { constraint }: OfConstraint) {
  const { references } = constraint;
  const table = references && context.catalogue.get("TABLE", references.tableId);
  const key = table?.constraints?.find(
    (c) => c.type !== "FOREIGN KEY" && [...c.columns].sort().join() === [...(references?.columns ?? [])].sort().join(),
  );
  return { table, key };
}

export const REFERENTIAL_CONSTRAINTS = systemViewOf<OfConstraint>(
  "REFERENTIAL_CONSTRAINTS",
  [
    text("CONSTRAINT_CATALOG", ({ table }, context) => databaseName(context, table)),
    text("CONSTRAINT_SCHEMA", ({ table }, context) => schemaName(context, table)),
    text("CONSTRAINT_NAME", ({ constraint }) => constraint.name),
    text("UNIQUE_CONSTRAINT_CATALOG", (item, context) => {
      const { table } = referencedKey(context, item);
      return table && databaseName(context, table);
    }),
    text("UNIQUE_CONSTRAINT_SCHEMA", (item, context) => {
      const { table } = referencedKey(context, item);
      return table && schemaName(context, table);
    }),
    text("UNIQUE_CONSTRAINT_NAME", (item, context) => referencedKey(context, item).key?.name),
    text("MATCH_OPTION", () => "FULL"),
    text("UPDATE_RULE", () => "NO ACTION"),
    text("DELETE_RULE", () => "NO ACTION"),
    text("COMMENT", ({ constraint }) => constraint.comment),
    moment("CREATED", ({ constraint }) => constraint.createdOn),
    moment("LAST_ALTERED", ({ constraint }) => constraint.createdOn),
  ],
  (context, databaseId) => constraintsOf(context, databaseId).filter((c) => c.constraint.type === "FOREIGN KEY"),
);
