import type { Statement } from "../../dialect/index";

/**
 * Wire numbers of kinds of statements. Drivers tell by them what has rows, a count of changed rows, or neither; where Snowflake
 * divides a kind further than they look, the number is that of the kind.
 * Sources: SFStatementType of the JDBC driver, `query_types/statement_type.rs` of the drivers' common core.
 */
export const STATEMENT_TYPE = {
  SELECT: 0x1000,
  EXPLAIN: 0x2000,
  INSERT: 0x3100,
  UPDATE: 0x3200,
  DELETE: 0x3300,
  MERGE: 0x3400,
  MULTI_TABLE_INSERT: 0x3500,
  COPY: 0x3600,
  UNLOAD: 0x3700,
  SYSTEM: 0x4000,
  ALTER_SESSION: 0x4100,
  USE: 0x4300,
  SHOW: 0x4400,
  DESCRIBE: 0x4500,
  LIST: 0x4701,
  TRANSACTION: 0x5000,
  COMMIT: 0x5100,
  DDL: 0x6000,
  GET: 0x7101,
  PUT: 0x7102,
  REMOVE: 0x7103,
  CALL: 0x9000,
  MULTI: 0xa000,
} as const;

const BY_KIND: Partial<Record<Statement["kind"], number>> = {
  Query: STATEMENT_TYPE.SELECT,
  Explain: STATEMENT_TYPE.EXPLAIN,
  Insert: STATEMENT_TYPE.INSERT,
  MultiTableInsert: STATEMENT_TYPE.MULTI_TABLE_INSERT,
  Update: STATEMENT_TYPE.UPDATE,
  Delete: STATEMENT_TYPE.DELETE,
  Merge: STATEMENT_TYPE.MERGE,
  CopyIntoTable: STATEMENT_TYPE.COPY,
  CopyIntoLocation: STATEMENT_TYPE.UNLOAD,
  AlterSession: STATEMENT_TYPE.ALTER_SESSION,
  SetVariable: STATEMENT_TYPE.SYSTEM,
  UnsetVariable: STATEMENT_TYPE.SYSTEM,
  Use: STATEMENT_TYPE.USE,
  UseSecondaryRoles: STATEMENT_TYPE.USE,
  Show: STATEMENT_TYPE.SHOW,
  Describe: STATEMENT_TYPE.DESCRIBE,
  List: STATEMENT_TYPE.LIST,
  BeginTransaction: STATEMENT_TYPE.TRANSACTION,
  Commit: STATEMENT_TYPE.COMMIT,
  Rollback: STATEMENT_TYPE.TRANSACTION,
  Get: STATEMENT_TYPE.GET,
  Put: STATEMENT_TYPE.PUT,
  Remove: STATEMENT_TYPE.REMOVE,
  Call: STATEMENT_TYPE.CALL,
  CallWithProcedure: STATEMENT_TYPE.CALL,
};

const DDL = /^(?:Create|Alter$|Drop$|Undrop$|Comment$|Truncate$|Grant|Revoke)/;

/** The number of a statement; undefined for what answers as the statements within it do. */
export const statementTypeOf = ({ kind }: Statement): number | undefined =>
  BY_KIND[kind] ?? (DDL.test(kind) ? STATEMENT_TYPE.DDL : undefined);
