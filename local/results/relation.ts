import type { ResultColumn, Rows } from "../execution/result";
import type { EngineConnection } from "../store/connection";
import { isSemiStructured } from "../types/dataType";
import { tagJson } from "../types/taggedJson";
import { decodeWire } from "./decode";

let next = 1;

export interface RowsRelation {
  /** For a FROM clause: columns `o1, o2 …` with their physical types, in the order of the rows. */
  sql: string;
  /** Fills the relation; run it first, on the connection that runs the query. */
  prerequisite: (connection: EngineConnection) => Promise<void>;
}

/**
 * Rows in wire encoding as a relation of the engine: RESULT_SCAN, system views, RESULTSETs, cursors.
 * `rows` is asked for when the prerequisite runs.
 */
export function rowsAsRelation(columns: readonly ResultColumn[], rows: () => Promise<Rows> | Rows): RowsRelation {
  const table = `temp.rows${next++}`;
  const width = Math.max(columns.length, 1);
  const names = Array.from({ length: width }, (_, i) => `w${i + 1}`);
  const outputs = columns.map((column, i) => `${decodeWire(column.type, `w${i + 1}`)} AS o${i + 1}`);
  const semiStructured = columns.flatMap((column, i) => (isSemiStructured(column.type) ? [i] : []));
  return {
    sql: `(SELECT ${outputs.join(", ") || "w1 AS o1"} FROM ${table})`,
    async prerequisite(connection) {
      const given = await rows();
      await connection.createTemporary(table, names.map((n) => `${n} VARCHAR`).join(", "));
      const parts = Array.isArray(given) ? [given] : given;
      for await (const part of parts) {
        const cells = names.map((_, i) => part.map((row) => row[i] ?? null));
        for (const i of semiStructured) {
          cells[i] = (cells[i] as (string | null)[]).map((text) => (text === null ? null : tagJson(text)));
        }
        await connection.appendTexts(table, cells, part.length);
      }
    },
  };
}
