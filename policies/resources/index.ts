import type { Judged } from "../judged";
import { execute } from "./execute";
import { Inputs } from "./inputs";
import { dynamicTable, externalTable, materializedView, queryText, table, view } from "./tables";

const bodyOf = (property: string) => (inputs: Inputs) => queryText(inputs, property);

/** What the law reads of each type of resource; a type that is not listed cannot make a table. */
const READERS: Record<string, (inputs: Inputs) => Judged["texts"]> = {
  "snowflake:index/table:Table": table,
  "snowflake:index/dynamicTable:DynamicTable": dynamicTable,
  "snowflake:index/externalTable:ExternalTable": externalTable,
  "snowflake:index/materializedView:MaterializedView": materializedView,
  "snowflake:index/view:View": view,
  "snowflake:index/execute:Execute": execute,
  "snowflake:index/procedureSql:ProcedureSql": bodyOf("procedureDefinition"),
  "snowflake:index/task:Task": bodyOf("sqlStatement"),
  "snowflake:index/alert:Alert": bodyOf("action"),
};

/** Reads a resource; undefined when the law has nothing to look at. */
export function readResource(type: string, props: Record<string, unknown>): Judged | undefined {
  const reader = READERS[type];
  if (!reader) return undefined;
  const inputs = new Inputs(props);
  const texts = reader(inputs);
  return { texts, unknown: inputs.unknown };
}
