/** From the arguments' texts as JSON to the answer as JSON; given milliseconds, a call that takes longer is stopped. */
export type CompiledHandler = (texts: string, timeout?: number) => string;

export interface HandlerSource {
  name: string;
  /** With their kinds, see `kinds.ts`. */
  parameters: readonly { name: string; kind: string; type?: string; isConst?: boolean }[];
  body: string;
  /** Kind of the answer, of a scalar function or a procedure. */
  answer?: string;
  /** Of a table function. Arguments and answer are then lists of rows; a row of the answer begins with the number of the row it belongs to. */
  columns?: readonly { name: string; kind: string }[];
}

export function compileHandler(source: HandlerSource, call?: (question: string) => string): CompiledHandler;
