/** From the arguments' texts as JSON to the answer as JSON; given milliseconds, a call that takes longer is stopped. */
export type CompiledHandler = (texts: string, timeout?: number) => string;

export interface HandlerSource {
  name: string;
  parameters: readonly string[];
  body: string;
  /** A kind for each parameter, see `kinds.ts`. */
  kinds: readonly string[];
  answer: string;
}

export function compileHandler(source: HandlerSource, call?: (question: string) => string): CompiledHandler;
