import type { Show } from "../../../../dialect/index";
import type { ColumnDoc, ConstraintDoc, RelationDoc, TableDoc } from "../../../catalogue/model";
import { SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { resolveRelation } from "../../../names/resolve";
import { type DataType, FLOAT, number, type StructuredElement } from "../../../types/dataType";
import { wireFacts } from "../../../types/rowType";
import { databaseName, schemaName, schemaObjects, sorted } from "../scope";
import { count, moment, type ShowColumn, type ShowTable, text } from "../table";

interface OfColumn {
  relation: RelationDoc;
  column: ColumnDoc;
}

/** The relations of the scope; `IN TABLE t` or `IN VIEW v` is one of them. */
function relationsInScope(context: ExecutionContext, statement: Show): RelationDoc[] {
  const { in: scope } = statement;
  if (scope?.name && (scope.type === "TABLE" || scope.type === "VIEW" || scope.type === "DYNAMIC TABLE")) {
    return [resolveRelation(context, scope.name, "SHOW COLUMNS", scope.type === "VIEW" ? "View" : "Table")];
  }
  // A bare name is a table: SHOW COLUMNS IN t.
  if (scope?.name && scope.type === undefined) {
    try {
      return [resolveRelation(context, scope.name, "SHOW COLUMNS", "Table")];
    } catch (error) {
      if (!(error instanceof SnowflakeError)) throw error;
    }
  }
  return sorted<RelationDoc>(context, [
    ...schemaObjects(context, statement, "TABLE"),
    ...schemaObjects(context, statement, "DYNAMIC_TABLE"),
    ...schemaObjects(context, statement, "VIEW"),
    ...schemaObjects(context, statement, "MATERIALIZED_VIEW"),
  ]);
}

/**
 * `data_type` of SHOW COLUMNS: the type as JSON, in the wire's names. Only a BINARY that was not written VARBINARY is
 * `fixed`: https://docs.snowflake.com/en/sql-reference/sql/show-columns
 */
export const typeJson = ({ type, nullable }: Pick<ColumnDoc, "type" | "nullable">): string =>
  JSON.stringify(described(type, nullable));

const described = (type: DataType, nullable: boolean): Record<string, unknown> => ({
  ...facts(type),
  nullable,
  ...(type.kind === "VARCHAR" ? { fixed: false, ...(type.collation ? { collation: type.collation } : {}) } : {}),
  ...(type.kind === "BINARY" ? { fixed: type.varying !== true } : {}),
  ...parts(type),
});

/** What a structured type or a vector is made of. The key of a map is never NULL. */
function parts(type: DataType): Record<string, unknown> {
  const element = ({ type, notNull }: StructuredElement) => described(type, notNull !== true);
  switch (type.kind) {
    case "OBJECT":
      if (type.map) return { keyType: described(type.map.key, false), valueType: element(type.map.value) };
      return type.fields
        ? { fields: type.fields.map((field) => ({ fieldName: field.name, fieldType: element(field) })) }
        : {};
    case "ARRAY":
      return type.element ? { elementType: element(type.element) } : {};
    case "VECTOR":
      return {
        vectorElementType: described(type.element === "INT" ? number() : FLOAT, false),
        dimension: type.dimension,
      };
    default:
      return {};
  }
}

function facts(type: DataType): Record<string, unknown> {
  switch (type.kind) {
    case "NUMBER":
      return { type: "FIXED", precision: type.precision, scale: type.scale };
    case "FLOAT":
      return { type: "REAL" };
    case "VARCHAR":
      return {
        type: "TEXT",
        length: type.length,
        byteLength: Math.min(type.length * 4, Math.max(16_777_216, type.length)),
      };
    case "BINARY":
      return { type: "BINARY", length: type.length, byteLength: type.length };
    case "TIME":
    case "TIMESTAMP_NTZ":
    case "TIMESTAMP_LTZ":
    case "TIMESTAMP_TZ":
      return { type: type.kind, precision: 0, scale: type.scale };
    case "INTERVAL": {
      const { type: name, precision, scale } = wireFacts(type);
      return { type: name.toUpperCase(), precision, scale };
    }
    case "OBJECT":
      return { type: type.map ? "MAP" : "OBJECT" };
    default:
      return { type: type.kind };
  }
}

export const identityText = ({ identity }: ColumnDoc): string | undefined =>
  identity &&
  `IDENTITY START ${identity.start} INCREMENT ${identity.step} ${identity.ordered === false ? "NOORDER" : "ORDER"}`;

export const COLUMNS: ShowTable<OfColumn> = {
  columns: [
    text("table_name", ({ relation }) => relation.name),
    text("schema_name", ({ relation }, context) => schemaName(context, relation)),
    text("column_name", ({ column }) => column.name),
    text("data_type", ({ column }) => typeJson(column)),
    text("null?", ({ column }) => (column.nullable ? "true" : "NOT_NULL")),
    text("default", ({ column }) => column.defaultText ?? ""),
    text("kind", () => "COLUMN"),
    text("expression", () => ""),
    text("comment", ({ column }) => column.comment ?? ""),
    text("database_name", ({ relation }, context) => databaseName(context, relation)),
    text("autoincrement", ({ column }) => identityText(column) ?? ""),
    text("schema_evolution_record", () => null),
    text("write_default", () => null),
  ],
  ignores: ["STARTS WITH", "LIMIT"],
  items: (context, statement) =>
    relationsInScope(context, statement).flatMap((relation) =>
      relation.columns.map((column) => ({ relation, column })),
    ),
  name: ({ column }) => column.name,
};

interface OfKey {
  table: TableDoc;
  constraint: ConstraintDoc;
  position: number;
}

const keysOf = (context: ExecutionContext, statement: Show, type: ConstraintDoc["type"]): OfKey[] =>
  relationsInScope(context, statement)
    .filter((relation) => relation.kind === "TABLE")
    .flatMap((table) =>
      (table.constraints ?? [])
        .filter((c) => c.type === type)
        .flatMap((constraint) => constraint.columns.map((_, position) => ({ table, constraint, position }))),
    );

const columnName = (table: TableDoc | undefined, id: number | undefined): string =>
  table?.columns.find((c) => c.id === id)?.name ?? "";

const keyColumns: ShowColumn<OfKey>[] = [
  moment("created_on", ({ constraint }) => constraint.createdOn),
  text("database_name", ({ table }, context) => databaseName(context, table)),
  text("schema_name", ({ table }, context) => schemaName(context, table)),
  text("table_name", ({ table }) => table.name),
  text("column_name", ({ table, constraint, position }) => columnName(table, constraint.columns[position])),
  count("key_sequence", ({ position }) => position + 1),
  text("constraint_name", ({ constraint }) => constraint.name),
  text("rely", ({ constraint }) => Boolean(constraint.rely)),
  text("comment", ({ constraint }) => constraint.comment ?? null),
];

const keyName = ({ constraint }: OfKey): string => constraint.name;

export const PRIMARY_KEYS: ShowTable<OfKey> = {
  columns: keyColumns,
  items: (context, statement) => keysOf(context, statement, "PRIMARY KEY"),
  name: keyName,
};

export const UNIQUE_KEYS: ShowTable<OfKey> = {
  columns: keyColumns,
  items: (context, statement) => keysOf(context, statement, "UNIQUE"),
  name: keyName,
};

const target = (context: ExecutionContext, { constraint }: OfKey): TableDoc | undefined =>
  context.catalogue.get("TABLE", constraint.references?.tableId ?? -1);

const foreignColumns: ShowColumn<OfKey>[] = [
  moment("created_on", ({ constraint }) => constraint.createdOn),
  text("pk_database_name", (key, context) => databaseName(context, target(context, key) ?? key.table)),
  text("pk_schema_name", (key, context) => schemaName(context, target(context, key) ?? key.table)),
  text("pk_table_name", (key, context) => target(context, key)?.name),
  text("pk_column_name", (key, context) =>
    columnName(target(context, key), key.constraint.references?.columns[key.position]),
  ),
  text("fk_database_name", ({ table }, context) => databaseName(context, table)),
  text("fk_schema_name", ({ table }, context) => schemaName(context, table)),
  text("fk_table_name", ({ table }) => table.name),
  text("fk_column_name", ({ table, constraint, position }) => columnName(table, constraint.columns[position])),
  count("key_sequence", ({ position }) => position + 1),
  text("update_rule", () => "NO ACTION"),
  text("delete_rule", () => "NO ACTION"),
  text("fk_name", ({ constraint }) => constraint.name),
  text("pk_name", (key, context) => target(context, key)?.constraints?.find((c) => c.type === "PRIMARY KEY")?.name),
  text("deferrability", () => "NOT DEFERRABLE"),
  text("rely", ({ constraint }) => Boolean(constraint.rely)),
  text("comment", ({ constraint }) => constraint.comment ?? null),
];

export const IMPORTED_KEYS: ShowTable<OfKey> = {
  columns: foreignColumns,
  items: (context, statement) => keysOf(context, statement, "FOREIGN KEY"),
  name: keyName,
};

/** Foreign keys of any table that refer to the tables of the scope. */
export const EXPORTED_KEYS: ShowTable<OfKey> = {
  columns: foreignColumns,
  items(context, statement) {
    const wanted = new Set(relationsInScope(context, statement).map((r) => r.id));
    return context.catalogue
      .all("TABLE")
      .flatMap((table) =>
        (table.constraints ?? [])
          .filter((c) => c.references && wanted.has(c.references.tableId))
          .flatMap((constraint) => constraint.columns.map((_, position) => ({ table, constraint, position }))),
      );
  },
  name: keyName,
};
