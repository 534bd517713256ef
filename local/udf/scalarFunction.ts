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

interface Signature {
  name: string;
  parameters: readonly DuckDBType[];
  returns: DuckDBType;
  /** Called also for NULL arguments when set; otherwise any NULL argument gives NULL. */
  calledOnNull?: boolean;
  /** The result may differ between calls with equal arguments. */
  volatile?: boolean;
}

interface OfOneRow extends Signature {
  // biome-ignore lint/suspicious/noExplicitAny: argument types follow from `parameters`, which TypeScript cannot see.
  compute: (...args: any[]) => DuckDBValue;
}

/** For what costs more to begin than to go on with: the rows of a chunk at once, those with NULLs included. */
interface OfManyRows extends Signature {
  computeRows: (rows: readonly (readonly DuckDBValue[])[]) => readonly DuckDBValue[];
}

/** A scalar function of the engine, computed in JavaScript. Values arrive and leave as node-api represents them. */
export type EngineFunction = OfOneRow | OfManyRows;

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

type Vector = { getItem(row: number): DuckDBValue };
type Output = { setItem(row: number, value: DuckDBValue): void };

function computeEach(fn: OfOneRow, vectors: readonly Vector[], rows: number, output: Output): void {
  const { compute } = fn;
  const strict = !fn.calledOnNull;
  const args: DuckDBValue[] = new Array(vectors.length);
  for (let row = 0; row < rows; row++) {
    let hasNull = false;
    for (let i = 0; i < vectors.length; i++) {
      const value = (vectors[i] as Vector).getItem(row);
      if (value === null) hasNull = true;
      args[i] = value;
    }
    output.setItem(row, strict && hasNull ? null : compute(...args));
  }
}

function computeTogether(fn: OfManyRows, vectors: readonly Vector[], rows: number, output: Output): void {
  if (rows === 0) return;
  const given = Array.from({ length: rows }, (_, row) => vectors.map((vector) => vector.getItem(row)));
  fn.computeRows(given).forEach((value, row) => {
    output.setItem(row, value);
  });
}

/** Makes one function known to the whole database instance of `connection`. */
export function register(connection: DuckDBConnection, fn: EngineFunction): void {
  const { parameters } = fn;
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: fn.name,
      returnType: fn.returns,
      parameterTypes: parameters,
      specialHandling: true,
      volatile: fn.volatile ?? false,
      mainFunction: (_info, input, output) => {
        const vectors = parameters.map((_, i) => input.getColumnVector(i)) as Vector[];
        try {
          if ("computeRows" in fn) computeTogether(fn, vectors, input.rowCount, output);
          else computeEach(fn, vectors, input.rowCount, output);
        } catch (error) {
          rethrown(error);
        }
        output.flush();
      },
    } as Parameters<typeof DuckDBScalarFunction.create>[0]),
  );
}
