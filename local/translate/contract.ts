/**
 * What the rest of `local/` asks of translation; implemented in this folder and exported by `translate/index.ts`.
 * Translation is synchronous and pure over `context.catalogue`; what must happen in the engine first is in `prerequisites`.
 */
import type { DuckDBValue } from "@duckdb/node-api";
import type { Expression, Query, DataType as WrittenType } from "../../dialect/index";
import type { ExecutionContext } from "../execution/context";
import type { ResultColumn } from "../execution/result";
import type { Value } from "../execution/value";
import type { EngineConnection } from "../store/connection";
import type { DataType } from "../types/dataType";

/** An expression as DuckDB SQL with the type Snowflake would infer. The engine value has `physicalType(type)`. */
export interface Typed {
  sql: string;
  type: DataType;
  nullable: boolean;
}

/** A query as DuckDB SQL; its columns are in the order of `columns`, named `o1, o2 …` (names may repeat in Snowflake, not here). */
export interface TranslatedQuery {
  sql: string;
  params: DuckDBValue[];
  columns: ResultColumn[];
  /** Ids of the tables, views and dynamic tables read, views' own bases included. */
  relations: ReadonlySet<number>;
  /** False when two runs over the same data may differ (RANDOM, UUID_STRING, NEXTVAL, CURRENT_TIMESTAMP). */
  deterministic: boolean;
  /** Engine work to be done before `sql` runs, on the same connection: e.g. the rows of SHOW-like relations or RESULT_SCAN. */
  prerequisites: ((connection: EngineConnection) => Promise<void>)[];
  /** True when the query wants an ORDER BY kept (top-level ORDER BY). */
  ordered: boolean;
  /** One row at most, by its form: aggregates without GROUP BY. */
  isOneRow: boolean;
}

export interface Translation {
  /** Resolves, checks privileges on what is read, translates. `into` of the outermost SELECT is ignored here. */
  translateQuery(context: ExecutionContext, query: Query): TranslatedQuery;
  /** A single value: `SET x = …`, arguments, conditions. No FROM; binds, variables and subqueries are allowed. */
  evaluate(context: ExecutionContext, expression: Expression): Promise<Value>;
  /** A type as written → our type; 001003/002040 when there is no such type. */
  resolveType(written: WrittenType): DataType;
}
