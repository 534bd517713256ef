import { VARCHAR } from "@duckdb/node-api";
import type { EngineFunction } from "./scalarFunction";

export const raiseFunctions: EngineFunction[] = [
  {
    /** As the engine's `error`, but not volatile, so that it may stand inside TRY. */
    name: "sf_raise",
    parameters: [VARCHAR],
    returns: VARCHAR,
    compute: (message: string) => {
      throw new Error(message);
    },
  },
];
