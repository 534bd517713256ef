import type { ExecutionContext } from "../execution/context";
import type { ResultColumn, Row } from "../execution/result";
import type { Value } from "../execution/value";

/** A relation of INFORMATION_SCHEMA or SNOWFLAKE.ACCOUNT_USAGE that the server computes. Rows are in wire encoding. */
export interface SystemView {
  name: string;
  columns: ResultColumn[];
  /** `databaseId`: whose INFORMATION_SCHEMA it is; null in SNOWFLAKE. */
  rows(context: ExecutionContext, databaseId: number | null): Promise<Row[]>;
}

/** `TABLE(INFORMATION_SCHEMA.QUERY_HISTORY(RESULT_LIMIT => 10))` */
export interface SystemTableFunction {
  name: string;
  parameters: { name: string; optional: boolean }[];
  columns: ResultColumn[];
  rows(context: ExecutionContext, args: ReadonlyMap<string, Value>, databaseId: number | null): Promise<Row[]>;
}

/** Implemented by `systemViews/index.ts`; names in upper case. */
export interface SystemCatalogue {
  /** `schema`: INFORMATION_SCHEMA of any database, or ACCOUNT_USAGE of SNOWFLAKE. */
  view(schema: string, name: string): SystemView | undefined;
  tableFunction(schema: string, name: string): SystemTableFunction | undefined;
}
