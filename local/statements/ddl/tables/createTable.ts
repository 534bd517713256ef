import type { CreateTable } from "../../../../dialect/index";
import { maskedColumns, rowAccessOfCreate } from "../../../bodyPolicies/attach";
import type { ColumnDoc, RelationDoc, SchemaDoc, TableDoc } from "../../../catalogue/model";
import { compilationError, unsupportedFeature } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import type { StatementResult } from "../../../execution/result";
import { resolvePlace, resolveRelation } from "../../../names/resolve";
import { requireAny, requirePrivilege } from "../../../privileges/index";
import { createPhysicalTable } from "../../../store/physical";
import type { WriteUnit } from "../../../store/writeUnit";
import { translateQuery } from "../../../translate/index";
import { createInSchema } from "../schemaObjects/place";
import { formatSettings } from "../schemaObjects/stage";
import { cloneTable } from "../support/clone";
import type { Draft } from "../support/create";
import { mergeParameters, readParameters } from "../support/parameters";
import { Properties } from "../support/properties";
import { tagValues } from "../support/tags";
import { sourceText } from "../support/text";
import { defaultCollation, readColumn, readConstraints, refuseDuplicates, type TableToBe } from "./columns";
import { createOrAlterTable } from "./createOrAlterTable";
import { columnsOfQuery, insertQuery } from "./fromQuery";

/** What CREATE TABLE says beside the columns. */
export function readTableProperties(context: ExecutionContext, statement: CreateTable) {
  const properties = new Properties(context, statement.properties);
  const { set } = readParameters("TABLE", properties);
  const changeTracking = properties.boolean("CHANGE_TRACKING");
  const enableSchemaEvolution = properties.boolean("ENABLE_SCHEMA_EVOLUTION");
  const comment = properties.text("COMMENT");
  const stageFileFormat = properties.has("STAGE_FILE_FORMAT")
    ? formatSettings(properties, "STAGE_FILE_FORMAT")
    : undefined;
  if (properties.has("STAGE_COPY_OPTIONS")) throw unsupportedFeature("STAGE_COPY_OPTIONS");
  properties.take("COPY GRANTS");
  properties.take("COPY TAGS");
  properties.finish("TABLE");
  return {
    comment,
    parameters: mergeParameters(undefined, { set }),
    ...(changeTracking === undefined ? {} : { changeTracking }),
    ...(enableSchemaEvolution === undefined ? {} : { enableSchemaEvolution }),
    ...(stageFileFormat ? { stageFileFormat } : {}),
    ...(statement.clusterBy ? { clusterBy: statement.clusterBy.map((e) => sourceText(context, e)) } : {}),
    ...(statement.persistence === "TRANSIENT" ? { transient: true } : {}),
    ...(statement.persistence === "TEMPORARY" ? { temporary: true } : {}),
  };
}

/** CREATE TABLE with columns, AS SELECT, LIKE or CLONE. */
export async function createTable(context: ExecutionContext, statement: CreateTable): Promise<StatementResult> {
  if (statement.tableType !== "TABLE") throw unsupportedFeature(`CREATE ${statement.tableType}`);
  if (statement.partitionBy) throw unsupportedFeature("PARTITION BY");
  const { source } = statement;
  const temporary = statement.persistence === "TEMPORARY";
  let inserted: number | undefined;
  const result = await createInSchema<"TABLE">(context, statement, "TABLE", (unit) => {
    const { schema, name } = resolvePlace(context, statement.name, "CREATE TABLE");
    const id = unit.catalogue.allocateId();
    let plan: Plan | undefined;
    return {
      temporary,
      ...(temporary ? { privilege: "" } : {}),
      copyGrants: statement.properties.some((p) => p.name === "COPY GRANTS"),
      copyTags: statement.properties.some((p) => p.name === "COPY TAGS"),
      async draft() {
        plan = await planTable(context, unit, statement, schema, { schemaId: schema.id, name, tableId: id });
        const tags = { ...plan.draft.tags, ...tagValues(context, statement.tags) };
        return { ...plan.draft, ...(Object.keys(tags).length > 0 ? { tags } : {}) };
      },
      async after(unit, doc) {
        await createPhysicalTable(unit, pointingToItself(unit, doc, id));
        inserted = await plan?.fill?.(doc);
      },
      alter: (unit, doc) => {
        if (source) throw unsupportedFeature(`CREATE OR ALTER TABLE … ${source.type}`);
        return createOrAlterTable(context, unit, doc, statement);
      },
    };
  });
  return inserted === undefined ? result : { ...result, statistics: { inserted } };
}

/** Foreign keys of the table to itself take its id, which is known only now. */
function pointingToItself(unit: WriteUnit, doc: TableDoc, placeholder: number): TableDoc {
  if (!doc.constraints?.some((c) => c.references?.tableId === placeholder)) return doc;
  return unit.catalogue.update<TableDoc>(doc, {
    constraints: doc.constraints.map((c) =>
      c.references?.tableId === placeholder ? { ...c, references: { ...c.references, tableId: doc.id } } : c,
    ),
  });
}

interface Plan {
  draft: Draft<"TABLE">;
  /** How many rows a query brings; nothing is inserted into a clone. */
  fill?(doc: TableDoc): Promise<number | undefined>;
}

async function planTable(
  context: ExecutionContext,
  unit: WriteUnit,
  statement: CreateTable,
  schema: SchemaDoc,
  self: TableToBe,
): Promise<Plan> {
  const id = self.tableId;
  const { source } = statement;
  const common = readTableProperties(context, statement);
  if (schema.transient) common.transient = true;
  switch (source?.type) {
    case undefined: {
      const collation = common.parameters?.DEFAULT_DDL_COLLATION ?? defaultCollation(context, schema);
      const reader = { context, unit, schema, tableId: id, collation: String(collation) };
      const columns: ColumnDoc[] = [];
      for (const definition of statement.columns)
        columns.push(await readColumn(reader, definition, columns.length + 1));
      if (columns.length === 0)
        throw compilationError("001003", "42000", "syntax error: a table needs at least one column.");
      refuseDuplicates(columns.map((c) => c.name));
      const constraints = readConstraints(context, columns, statement.columns, statement.constraints, self);
      const protection = protectedBy(context, statement, self.name, columns);
      return { draft: { ...common, ...protection, nextColumnId: columns.length + 1, constraints } };
    }
    case "AS": {
      const query = translateQuery(context, source.query);
      const columns = await columnsOfQuery(context, unit, schema, id, source.query, query.columns, statement.columns);
      return {
        draft: {
          ...common,
          ...protectedBy(context, statement, self.name, columns),
          nextColumnId: columns.length + 1,
        },
        fill: (doc) => insertQuery(context, unit, doc, query),
      };
    }
    case "LIKE": {
      const table = sourceTable(resolveRelation(context, source.table, "CREATE TABLE", "Table"));
      requireAny(context, ["SELECT", "REFERENCES"], table);
      if (table.columns.some((column) => column.maskingPolicy))
        throw unsupportedFeature("CREATE TABLE … LIKE a table with masked columns");
      const shape = shapeOf(table, common);
      const columns = shape.columns.map(({ keepsDefault: _, ...column }): ColumnDoc => column);
      return { draft: { ...common, ...shape, columns } };
    }
    case "CLONE": {
      const table = sourceTable(resolveRelation(context, source.clone.source, "CREATE TABLE", "Table"));
      requirePrivilege(context, "SELECT", table);
      const { timeTravel } = source.clone;
      return {
        draft: {
          ...common,
          ...shapeOf(table, common),
          ...(table.rowAccessPolicy ? { rowAccessPolicy: table.rowAccessPolicy } : {}),
          comment: common.comment ?? table.comment,
        },
        fill: (doc) => cloneTable(context, unit, table, doc, timeTravel).then(() => undefined),
      };
    }
    default:
      throw unsupportedFeature(`CREATE TABLE … ${source?.type}`);
  }
}

/** Its columns and rows under the policies that the statement names. */
const protectedBy = (context: ExecutionContext, statement: CreateTable, name: string, columns: ColumnDoc[]) => {
  const masked = maskedColumns(context, name, columns, statement.columns);
  return { columns: masked, ...rowAccessOfCreate(context, statement.policies, { name, columns: masked }) };
};

function sourceTable(relation: RelationDoc): TableDoc {
  if (relation.kind === "TABLE") return relation;
  throw compilationError("002203", "02000", `Object found is of type '${relation.kind}', not specified type 'TABLE'.`);
}

const shapeOf = (table: TableDoc, given: { clusterBy?: string[]; changeTracking?: boolean }) => ({
  columns: table.columns,
  nextColumnId: table.nextColumnId,
  constraints: table.constraints,
  clusterBy: given.clusterBy ?? table.clusterBy,
  changeTracking: given.changeTracking ?? table.changeTracking,
  // Source: https://docs.snowflake.com/en/user-guide/object-tagging/inheritance
  ...(table.tags ? { tags: table.tags } : {}),
});
