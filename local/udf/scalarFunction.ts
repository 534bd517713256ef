import {
  type DuckDBConnection,
  DuckDBScalarFunction,
  type DuckDBType,
  type DuckDBValue,
  DuckDBVarCharType,
} from "@duckdb/node-api";
import { SnowflakeError } from "../errors";
import { encodeForEngine } from "../store/engineError";
import { MAX_LOB_SIZE } from "../types/dataType";

/** DuckDB's JSON is VARCHAR with an alias; a function that returns it spares the engine a second validation. */
export const JSON_TYPE: DuckDBType = DuckDBVarCharType.create("JSON");

/** A scalar function of the engine, computed in JavaScript. Values arrive and leave as node-api represents them. */
export interface EngineFunction {
  name: string;
  parameters: readonly DuckDBType[];
  returns: DuckDBType;
  /** Called also for NULL arguments when set; otherwise any NULL argument gives NULL. */
  calledOnNull?: boolean;
  /** The result may differ between calls with equal arguments. */
  volatile?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: argument types follow from `parameters`, which TypeScript cannot see.
  compute: (...args: any[]) => DuckDBValue;
}

/** A value larger than any may be. */
export const lobTooLarge = (size: number | bigint): SnowflakeError =>
  new SnowflakeError(
    "100082",
    "22000",
    `Max LOB size (${MAX_LOB_SIZE}) exceeded, actual size of parsed column is ${size}`,
  );

const rethrown = (error: unknown): never => {
  throw error instanceof SnowflakeError ? encodeForEngine(error) : error;
};

/** Makes one function known to the whole database instance of `connection`. */
export function register(connection: DuckDBConnection, fn: EngineFunction): void {
  const { parameters, compute } = fn;
  const strict = !fn.calledOnNull;
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: fn.name,
      returnType: fn.returns,
      parameterTypes: parameters,
      specialHandling: true,
      volatile: fn.volatile ?? false,
      mainFunction: (_info, input, output) => {
        const rows = input.rowCount;
        const vectors = parameters.map((_, i) => input.getColumnVector(i));
        const args: DuckDBValue[] = new Array(vectors.length);
        try {
          for (let row = 0; row < rows; row++) {
            let hasNull = false;
            for (let i = 0; i < vectors.length; i++) {
              const value = (vectors[i] as { getItem(i: number): DuckDBValue }).getItem(row);
              if (value === null) hasNull = true;
              args[i] = value;
            }
            output.setItem(row, strict && hasNull ? null : compute(...args));
          }
        } catch (error) {
          rethrown(error);
        }
        output.flush();
      },
    } as Parameters<typeof DuckDBScalarFunction.create>[0]),
  );
}
