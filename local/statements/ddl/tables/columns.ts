import { randomUUID } from "node:crypto";
import type { ColumnDefinition, Constraint, Name, DataType as WrittenType } from "../../../../dialect/index";
import type { ColumnDoc, ConstraintDoc, SchemaDoc, TableDoc } from "../../../catalogue/model";
import { toMillis } from "../../../clock";
import {
  compilationError,
  duplicateColumn,
  invalidIdentifier,
  LONGEST_NAME,
  nameTooLong,
  type Position,
  unsupportedFeature,
} from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { printName, resolvePlace, resolveRelation } from "../../../names/resolve";
import { objectParameter, parameter } from "../../../parameters/effective";
import { requireAny } from "../../../privileges/index";
import type { WriteUnit } from "../../../store/writeUnit";
import { readCollation } from "../../../translate/collation";
import { resolveType } from "../../../translate/index";
import { sqlName, varchar } from "../../../types/dataType";
import { storeNextValue } from "../schemaObjects/sequence";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { scalarOf } from "../support/values";
import { checkAddedDefault, checkDefault } from "./defaults";

/** What several columns of one table share while they are read. */
export interface ColumnReader {
  context: ExecutionContext;
  unit: WriteUnit;
  schema: SchemaDoc;
  /** Id of the table to come: its hidden sequences are named after it. */
  tableId: number;
  /** The collation of text columns that name none (DEFAULT_DDL_COLLATION). */
  collation?: string;
  /** The table is there already. */
  isAdded?: boolean;
}

/** What DEFAULT_DDL_COLLATION is for a table, or for tables of a schema. Source: …/sql-reference/parameters#default-ddl-collation */
export const defaultCollation = ({ catalogue }: ExecutionContext, doc: TableDoc | SchemaDoc): string =>
  String(objectParameter(catalogue, doc, "DEFAULT_DDL_COLLATION").value);

/** A column as written → its document. `type` stands in where none was written (CTAS). */
export async function readColumn(
  reader: ColumnReader,
  definition: ColumnDefinition,
  id: number,
  type?: ColumnDoc["type"],
): Promise<ColumnDoc> {
  const { context } = reader;
  const name = definition.name.value;
  if (name.length > LONGEST_NAME) throw nameTooLong(name);
  if (definition.computed) throw unsupportedFeature("virtual column (AS expression)");
  const plain = definition.type ? resolveType(definition.type as WrittenType) : type;
  if (!plain) throw compilationError("002022", "42601", "Missing column specification");
  const resolved = collatedColumn(
    name,
    plain,
    definition.collate ?? (plain.kind === "VARCHAR" ? reader.collation : undefined),
  );
  const key = (kind: Constraint["type"]) => definition.constraints.some((c) => c.type === kind);
  const column: ColumnDoc = {
    id,
    name,
    type: resolved,
    nullable: !(definition.notNull === true || key("PRIMARY KEY")),
    ...(definition.comment?.value ? { comment: definition.comment.value } : {}),
    ...(definition.tags.length > 0 ? { tags: tagValues(context, definition.tags) as Record<string, string> } : {}),
  };
  if (definition.default && definition.autoincrement) {
    throw compilationError("001043", "42601", `Column '${name}' cannot have both DEFAULT and AUTOINCREMENT.`);
  }
  if (definition.default) {
    column.defaultText = sourceText(context, definition.default);
    if (reader.isAdded) checkAddedDefault(context, column, definition.default);
    await checkDefault(context, column, definition.default);
  }
  if (definition.autoincrement) column.identity = await createIdentity(reader, column, definition);
  return column;
}

/** A column's type with the collation that its definition gives it; an empty one is none. */
export function collatedColumn(name: string, type: ColumnDoc["type"], collate: string | undefined): ColumnDoc["type"] {
  if (collate === undefined) return type;
  readCollation(collate);
  if (type.kind !== "VARCHAR") {
    throw compilationError(
      "002319",
      "42601",
      `Cannot specify column collation for data type '${sqlName(type)}' for column '${name}'`,
    );
  }
  return varchar(type.length, collate === "" ? undefined : collate.toLowerCase());
}

async function createIdentity(reader: ColumnReader, column: ColumnDoc, definition: ColumnDefinition) {
  const { context, unit, schema, tableId } = reader;
  if (column.type.kind !== "NUMBER" && column.type.kind !== "FLOAT") {
    throw compilationError(
      "001043",
      "42601",
      `Column '${column.name}' is not of a numeric type, as AUTOINCREMENT needs.`,
    );
  }
  const { autoincrement } = definition;
  const start = autoincrement?.start ? Number(scalarOf(context, autoincrement.start)) : 1;
  const step = autoincrement?.step ? Number(scalarOf(context, autoincrement.step)) : 1;
  const ordered = autoincrement?.order
    ? autoincrement.order !== "NOORDER"
    : parameter(context, "NOORDER_SEQUENCE_AS_DEFAULT") === false;
  const sequence = unit.catalogue.create<"SEQUENCE">({
    kind: "SEQUENCE",
    name: `IDENTITY$${tableId}$${column.id}`,
    parentId: schema.id,
    ownerId: null,
    start,
    increment: step,
    ordered,
    hidden: true,
  });
  await storeNextValue(unit, sequence);
  return { start, step, sequenceId: sequence.id, ordered };
}

export function refuseDuplicates(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw duplicateColumn(printName(name));
    seen.add(name);
  }
}

/** A table that is being made: its own foreign keys may point to it. */
export interface TableToBe {
  schemaId: number;
  name: string;
  /** Stands for the table until it has its own id. */
  tableId: number;
}

/** Inline and out-of-line constraints of CREATE TABLE; key columns become NOT NULL. */
export function readConstraints(
  context: ExecutionContext,
  columns: ColumnDoc[],
  definitions: readonly ColumnDefinition[],
  outOfLine: readonly Constraint[],
  self: TableToBe | TableDoc,
): ConstraintDoc[] {
  const inline = definitions.flatMap((d) =>
    d.constraints.flatMap((constraint) => readConstraint(context, columns, constraint, [d.name.value], self)),
  );
  return [
    ...inline,
    ...outOfLine.flatMap((c) =>
      readConstraint(
        context,
        columns,
        c,
        c.columns.map((x) => x.value),
        self,
      ),
    ),
  ];
}

/**
 * A constraint as written → its document; none for a foreign key with an action other than NO ACTION, which an account takes
 * and forgets.
 * @param self the table that has it
 */
export function readConstraint(
  context: ExecutionContext,
  columns: ColumnDoc[],
  constraint: Constraint,
  names: readonly string[],
  self: TableToBe | TableDoc,
): ConstraintDoc[] {
  if (constraint.type === "CHECK" || constraint.type === "INDEX")
    throw unsupportedFeature(`${constraint.type} constraint`);
  const ids = columnIds(columns, names);
  if (constraint.type === "PRIMARY KEY") {
    if (columns.some((c) => c.primaryKey)) {
      throw compilationError("002231", "42710", `primary key already exists for table '${printName(self.name)}'`);
    }
    for (const column of columns) {
      if (!ids.includes(column.id)) continue;
      column.primaryKey = "Y";
      column.nullable = false;
    }
  }
  if (constraint.type === "UNIQUE") for (const c of columns) if (ids.includes(c.id)) c.uniqueKey = "Y";
  const references = constraint.references && referenced(context, constraint, columns, self);
  if (constraint.properties.some((word) => /^ON (DELETE|UPDATE) (?!NO ACTION)/.test(word))) return [];
  return [
    {
      name: constraint.name?.value ?? `SYS_CONSTRAINT_${randomUUID()}`,
      type: constraint.type,
      columns: ids,
      createdOn: toMillis(context.now),
      ...(relies(constraint.properties) ? { rely: true } : {}),
      ...(constraint.comment ? { comment: constraint.comment.value } : {}),
      ...(references ? { references } : {}),
    },
  ];
}

/** Whether RELY is the last word about it; undefined when nothing is said. */
export const relies = (properties: readonly string[]): boolean | undefined => {
  const said = properties.findLast((word) => word === "RELY" || word === "NORELY");
  return said && said === "RELY";
};

function referenced(
  context: ExecutionContext,
  constraint: Constraint,
  own: readonly ColumnDoc[],
  self: TableToBe | TableDoc,
): { tableId: number; columns: number[] } {
  const { table, columns } = constraint.references as NonNullable<Constraint["references"]>;
  if ("tableId" in self && isNamed(context, self, table)) {
    const named = columns.map((c) => c.value);
    const ids = named.length > 0 ? columnIds(own, named) : own.filter((c) => c.primaryKey).map((c) => c.id);
    return { tableId: self.tableId, columns: ids };
  }
  const target = resolveRelation(context, table, "CREATE TABLE", "Table");
  if (target.kind !== "TABLE") throw unsupportedFeature(`FOREIGN KEY to a ${target.kind.replaceAll("_", " ")}`);
  requireAny(context, ["REFERENCES"], target);
  const ids =
    columns.length > 0
      ? columnIds(
          target.columns,
          columns.map((c) => c.value),
        )
      : (target.constraints?.find((c) => c.type === "PRIMARY KEY")?.columns ?? []);
  return { tableId: target.id, columns: ids };
}

function isNamed(context: ExecutionContext, { schemaId, name }: TableToBe, written: Name): boolean {
  const place = resolvePlace(context, written, "CREATE TABLE");
  return place.schema.id === schemaId && place.name === name;
}

export const columnIds = (columns: readonly ColumnDoc[], names: readonly string[]): number[] =>
  names.map((name) => columnNamed(columns, name).id);

export function columnNamed(columns: readonly ColumnDoc[], name: string, at?: Position): ColumnDoc {
  const column = columns.find((c) => c.name === name);
  if (!column) throw invalidIdentifier(printName(name), at);
  return column;
}
