import type { DuckDBValue } from "@duckdb/node-api";
import type { WriteUnit } from "./writeUnit";

/** The engine's sequence behind a SequenceDoc: values survive a crash and are never given twice. */
export const sequenceName = (id: number): string => `data.q${id}`;

/** Makes the sequence (again): `start` is the value it gives next. */
export async function createEngineSequence(
  unit: WriteUnit,
  id: number,
  start: bigint | number,
  increment: number,
): Promise<void> {
  await unit.run(
    `CREATE OR REPLACE SEQUENCE ${sequenceName(id)} INCREMENT BY ${increment} MINVALUE ${-(2n ** 63n)} MAXVALUE ${2n ** 63n - 1n} START WITH ${start}`,
  );
}

export const dropEngineSequence = (unit: WriteUnit, id: number): Promise<unknown> =>
  unit.run(`DROP SEQUENCE IF EXISTS ${sequenceName(id)}`);

const NEXT_VALUES = `SELECT substr(sequence_name, 2)::BIGINT, coalesce(last_value::HUGEINT + increment_by, start_value::HUGEINT)
  FROM duckdb_sequences() WHERE schema_name = 'data' AND regexp_full_match(sequence_name, 'q[0-9]+')`;

/** What each sequence gives next, by id of its document. */
export async function nextValues(reader: {
  query(sql: string): Promise<{ rows: DuckDBValue[][] }>;
}): Promise<Map<number, bigint>> {
  const { rows } = await reader.query(NEXT_VALUES);
  return new Map(rows.map(([id, next]) => [Number(id), next as bigint]));
}
