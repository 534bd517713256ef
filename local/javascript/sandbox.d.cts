/** From rows of arguments, as texts in JSON, to an answer for each, as JSON; given milliseconds, what takes longer is stopped. */
export type CompiledHandler = (rows: string, timeout?: number) => string;

export interface HandlerSource {
  name: string;
  /** With their kinds, see `kinds.ts`. */
  parameters: readonly { name: string; kind: string; type?: string; isConst?: boolean }[];
  body: string;
  /** Kind of the answer, of a scalar function or a procedure. */
  answer?: string;
  /** Of a table function: the rows are a partition, and a row of the answer begins with the number of the row that it belongs to. */
  columns?: readonly { name: string; kind: string }[];
}

export function compileHandler(source: HandlerSource, call?: (question: string) => string): CompiledHandler;
