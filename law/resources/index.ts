import { database, failoverGroup, schema, secondaryDatabase, sharedDatabase, stream, user, warehouse } from "./account";
import { execute } from "./execute";
import { accountRole, databaseRole, ownership, privileges } from "./grants";
import { Inputs } from "./inputs";
import type { Judged, ResourceReader } from "./judged";
import { LAWFUL_TYPES } from "./lawful";
import { readOtherPackage } from "./otherPackages";
import { accountParameter, objectParameter } from "./parameters";
import { readProvider } from "./provider";
import { externalFunction, foreignFunction, foreignProcedure, functionSql, procedureSql, streamlit } from "./routines";
import { alert, task } from "./schedules";
import {
  body,
  cortexSearchService,
  dynamicTable,
  externalTable,
  maskedColumn,
  materializedView,
  policy,
  table,
  view,
} from "./tables";
import { tag, tagAssociation } from "./tags";

/** What the law reads of each type of resource. */
const READERS: Record<string, ResourceReader> = {
  table,
  tableColumnMaskingPolicyApplication: maskedColumn,
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
  streamlit,
  cortexSearchService,
  task,
  alert,
  maskingPolicy: policy,
  rowAccessPolicy: policy,
  tag,
  tagAssociation,
  pipe: (inputs) => body(inputs, "copyStatement"),
  streamOnTable: stream,
  streamOnView: stream,
  streamOnDirectoryTable: stream,
  streamOnExternalTable: stream,
  database,
  sharedDatabase,
  secondaryDatabase,
  failoverGroup,
  accountParameter,
  objectParameter,
  schema,
  warehouse,
  user,
  serviceUser: user,
  legacyServiceUser: user,
  grantPrivilegesToAccountRole: privileges,
  grantPrivilegesToDatabaseRole: privileges,
  grantOwnership: ownership,
  grantAccountRole: accountRole,
  grantDatabaseRole: databaseRole,
};

/** Inputs without which nothing can be said of a resource. */
const DECISIVE: ReadonlySet<string> = new Set(["database", "schema", "name", "withManagedAccess"]);

/** Every type of resource that the law reads, for tests of completeness. */
export const READ_TYPES: readonly string[] = Object.keys(READERS);

/**
 * Reads a Pulumi resource as the law sees it: as the statements that it stands for, and the SQL that stands in it.
 * `type` is Pulumi's token (`snowflake:index/table:Table`). Undefined when the law has nothing to look at. A type of the
 * Snowflake package that is not known here, such as one of a later version, fails closed.
 */
export function readResource(
  type: string,
  props: Record<string, unknown>,
  isUnknown: (value: unknown) => boolean = () => false,
): Judged | undefined {
  if (type === "pulumi:providers:snowflake") return readProvider(props);
  if (!type.startsWith("snowflake:")) return readOtherPackage(type, props, isUnknown);
  const name = type.split(":").at(-1) ?? "";
  const key = name.charAt(0).toLowerCase() + name.slice(1);
  if (LAWFUL_TYPES.has(key)) return undefined;
  const reader = READERS[key];
  if (!reader) return { texts: [{ sql: "", unread: unknownType(type) }], unknown: [], remarks: [] };
  const inputs = new Inputs(props, isUnknown);
  const read = reader(inputs);
  // Without its name a lawful table looks like a third one: what is not known is judged at the update.
  const texts = inputs.unknown.some((property) => DECISIVE.has(property)) ? [] : read;
  return { texts, unknown: inputs.unknown, remarks: [] };
}

const unknownType = (type: string) => ({
  message: `The law does not know resources of type ${type}, and so cannot tell whether they make a table.`,
  fix: "Use a type of @pulumi/snowflake 1.3.0, or snowflake.Execute, whose SQL is read.",
});
