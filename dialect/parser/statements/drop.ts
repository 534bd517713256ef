import type { Comment, Drop, Undrop } from "../../ast/index";
import type { Cursor } from "../cursor";
import { acceptClass } from "./classes";
import { acceptIfExists } from "./createHead";
import { mostParts, ObjectTypes, SINGULAR_TYPES, TABLE_TYPES } from "./objectTypes";
import { acceptArgumentTypes, expectArgumentTypes } from "./routineSignature";

/** https://docs.snowflake.com/en/sql-reference/sql/drop */
export function parseDrop(cursor: Cursor): Drop {
  const { start } = cursor;
  cursor.expect("DROP");
  const objectType = acceptClass(cursor) ?? SINGULAR_TYPES.expect(cursor);
  const drop: Drop = {
    kind: "Drop",
    objectType,
    ifExists: acceptIfExists(cursor),
    name: cursor.name(undefined, mostParts(objectType)),
    span: { start, end: start },
  };
  if (!drop.ifExists && acceptIfExists(cursor)) drop.ifExists = true;
  const argumentTypes = expectArgumentTypes(cursor, objectType);
  if (argumentTypes !== undefined) drop.argumentTypes = argumentTypes;
  const behaviour = cursor.acceptAnyOf(...behavioursOf(objectType));
  if (behaviour !== undefined) drop.behaviour = behaviour;
  if (objectType === "ACCOUNT" && cursor.is("GRACE_PERIOD_IN_DAYS")) {
    cursor.next();
    cursor.expect("=");
    drop.gracePeriodInDays = cursor.integer();
  }
  drop.span = cursor.span(start);
  return drop;
}

type Behaviour = NonNullable<Drop["behaviour"]>;

/** CASCADE and its like are of objects that hold or are referred to by others. */
function behavioursOf(objectType: string): Behaviour[] {
  if (objectType === "DATABASE" || objectType === "SCHEMA" || objectType === "VIEW") return ["CASCADE", "RESTRICT"];
  if (TABLE_TYPES.has(objectType)) return ["CASCADE", "RESTRICT", "PURGE"];
  if (PLAIN.has(objectType) || objectType.endsWith("POLICY") || objectType.endsWith("INTEGRATION")) return [];
  return ["CASCADE", "RESTRICT", "PURGE", "FORCE"];
}

const PLAIN: ReadonlySet<string> = new Set([
  "ACCOUNT",
  "ALERT",
  "APPLICATION PACKAGE",
  "APPLICATION ROLE",
  "COMPUTE POOL",
  "CONNECTION",
  "DATABASE ROLE",
  "EXTERNAL FUNCTION",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "FILE FORMAT",
  "FUNCTION",
  "GIT REPOSITORY",
  "IMAGE REPOSITORY",
  "INDEX",
  "NETWORK RULE",
  "NOTEBOOK",
  "PIPE",
  "PROCEDURE",
  "REPLICATION GROUP",
  "RESOURCE MONITOR",
  "ROLE",
  "SECRET",
  "SEMANTIC VIEW",
  "SHARE",
  "STAGE",
  "STREAMLIT",
  "STREAM",
  "TAG",
  "TASK",
  "USER",
  "WAREHOUSE",
]);

const UNDROPPED_TYPES = new ObjectTypes([
  "ACCOUNT",
  "DATABASE",
  "DYNAMIC ICEBERG TABLE",
  "DYNAMIC TABLE",
  "EVENT TABLE",
  "EXTERNAL VOLUME",
  "HYBRID TABLE",
  "ICEBERG TABLE",
  "NOTEBOOK",
  "SCHEMA",
  "SNAPSHOT",
  "STREAMLIT",
  "TABLE",
  "TAG",
  "TYPE",
  "WORKSPACE",
]);

/** https://docs.snowflake.com/en/sql-reference/sql/undrop */
export function parseUndrop(cursor: Cursor): Undrop {
  const { start } = cursor;
  cursor.expect("UNDROP");
  const objectType = UNDROPPED_TYPES.expect(cursor);
  const undrop: Undrop = {
    kind: "Undrop",
    objectType,
    name: cursor.name(undefined, mostParts(objectType)),
    span: { start, end: start },
  };
  const argumentTypes = acceptArgumentTypes(cursor);
  if (argumentTypes !== undefined) undrop.argumentTypes = argumentTypes;
  if (cursor.acceptSequence("RENAME", "TO")) undrop.renameTo = cursor.name();
  undrop.span = cursor.span(start);
  return undrop;
}

/** https://docs.snowflake.com/en/sql-reference/sql/comment */
export function parseComment(cursor: Cursor): Comment {
  const { start } = cursor;
  cursor.expect("COMMENT");
  const ifExists = acceptIfExists(cursor);
  cursor.expect("ON");
  const objectType = SINGULAR_TYPES.expect(cursor);
  const name = cursor.name(undefined, objectType === "COLUMN" ? 4 : mostParts(objectType));
  const argumentTypes = acceptArgumentTypes(cursor);
  cursor.expect("IS");
  const comment = isVariable(cursor) ? cursor.expression() : cursor.string();
  return {
    kind: "Comment",
    ifExists,
    objectType,
    name,
    ...(argumentTypes && { argumentTypes }),
    comment,
    span: cursor.span(start),
  };
}

function isVariable(cursor: Cursor): boolean {
  return cursor.token.kind === "Variable" || cursor.is(":") || cursor.is("?");
}
