import { database, schema, secondaryDatabase, sharedDatabase, stream, user, warehouse } from "./account";
import { execute } from "./execute";
import { accountRole, ownership, privileges } from "./grants";
import { Inputs } from "./inputs";
import type { Judged, ResourceReader } from "./judged";
import { externalFunction, foreignFunction, foreignProcedure, functionSql, procedureSql } from "./routines";
import { alert, task } from "./schedules";
import { body, dynamicTable, externalTable, materializedView, table, view } from "./tables";

/** What the law reads of each type of resource; a type that is not listed can neither make a table nor hide SQL. */
const READERS: Record<string, ResourceReader> = {
  table,
  dynamicTable,
  externalTable,
  materializedView,
  view,
  execute,
  procedureSql,
  procedureJavascript: foreignProcedure("JAVASCRIPT"),
  procedurePython: foreignProcedure("PYTHON"),
  procedureJava: foreignProcedure("JAVA"),
  procedureScala: foreignProcedure("SCALA"),
  functionSql,
  functionJavascript: foreignFunction("JAVASCRIPT"),
  functionPython: foreignFunction("PYTHON"),
  functionJava: foreignFunction("JAVA"),
  functionScala: foreignFunction("SCALA"),
  externalFunction,
  task,
  alert,
  pipe: (inputs) => body(inputs, "copyStatement"),
  streamOnTable: stream,
  streamOnView: stream,
  streamOnDirectoryTable: stream,
  streamOnExternalTable: stream,
  database,
  sharedDatabase,
  secondaryDatabase,
  schema,
  warehouse,
  user,
  serviceUser: user,
  legacyServiceUser: user,
  grantPrivilegesToAccountRole: privileges,
  grantPrivilegesToDatabaseRole: privileges,
  grantOwnership: ownership,
  grantAccountRole: accountRole,
};

/**
 * Reads a Pulumi resource as the law sees it: as the statements that it stands for, and the SQL that stands in it.
 * `type` is Pulumi's token (`snowflake:index/table:Table`). Undefined when the law has nothing to look at.
 */
export function readResource(
  type: string,
  props: Record<string, unknown>,
  isUnknown: (value: unknown) => boolean = () => false,
): Judged | undefined {
  const [, key = ""] = /^snowflake:index\/(\w+):\w+$/.exec(type) ?? [];
  const reader = READERS[key];
  if (!reader) return undefined;
  const inputs = new Inputs(props, isUnknown);
  const texts = reader(inputs);
  return { texts, unknown: inputs.unknown };
}
