import type { Statement } from "../../dialect/index";
import type { ExecutionContext } from "../execution/context";
import type { ResultColumn, StatementResult } from "../execution/result";

export type StatementKind = Statement["kind"];
export type StatementOf<K extends StatementKind> = Extract<Statement, { kind: K }>;

/** One statement family. */
export interface StatementHandler<S extends Statement = Statement> {
  run(context: ExecutionContext, statement: S): Promise<StatementResult>;
  /** The columns the statement would answer with, without running it; absent = one column `status`. */
  describe?(context: ExecutionContext, statement: S): Promise<ResultColumn[]>;
}

/** Each family's index exports one of these; `statements/index.ts` joins them. */
export type StatementHandlers = { [K in StatementKind]?: StatementHandler<StatementOf<K>> };
