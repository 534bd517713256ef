import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { unsupportedFeature } from "../errors";
import type { ExecutionContext } from "../execution/context";
import { quote } from "../translate/sql";
import { type FileFormat, flag, optionWord } from "./format";
import type { StageLocation } from "./location";
import type { UnloadQuery } from "./unloadQuery";
import { newFile, partitionFolder, type UnloadedFile, type UnloadOptions, unloadName } from "./unloadWriter";

/** AUTO is Snappy. Errors: 000002 for LZO. */
export function parquetCompression(format: FileFormat): { codec: string; extension: string } {
  const word = optionWord(format, "COMPRESSION");
  const isPlain = word === "NONE" || (format.given.has("SNAPPY_COMPRESSION") && !flag(format, "SNAPPY_COMPRESSION"));
  if (isPlain) return { codec: "uncompressed", extension: ".parquet" };
  if (word !== "AUTO" && word !== "SNAPPY") throw unsupportedFeature(`compression ${word} of Parquet`);
  return { codec: "snappy", extension: ".snappy.parquet" };
}

let next = 1;

/** Writes a query's rows as one Parquet file, or one for each partition; they appear in the stage together. */
export async function unloadParquet(
  context: ExecutionContext,
  query: UnloadQuery,
  location: StageLocation,
  options: UnloadOptions & { codec: string; hasHeader: boolean },
): Promise<UnloadedFile[]> {
  const work = join(context.services.store.directory, "unload");
  await mkdir(work, { recursive: true });
  const table = `temp.unloaded${next++}`;
  const places = query.columns.map(({ name }, i) => [`o${i + 1}`, options.hasHeader ? name : `_COL_${i}`] as const);
  const outputs = places.map(([from, to]) => `${from} AS "${to.replaceAll('"', '""')}"`).join(", ");
  const partition = `o${query.columns.length + 1}`;
  const written: { from: string; to: string; file: UnloadedFile }[] = [];
  try {
    await context.withConnection(async (connection) => {
      for (const prepare of query.prerequisites) await prepare(connection);
      await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${query.sql}`, query.params, context.signal);
      try {
        const groups = query.hasPartition
          ? await connection.run(`SELECT ${partition}, count(*) FROM ${table} GROUP BY 1 ORDER BY 1`)
          : await connection.run(`SELECT NULL, count(*) FROM ${table}`);
        for (const [value, count] of groups.rows) {
          if (Number(count) === 0) continue;
          const text = value === null ? null : String(value);
          const folder = partitionFolder(query.hasPartition ? text : undefined);
          const name = unloadName(location, options, folder, 0);
          const to = await newFile(location, name, options.overwrite);
          const from = join(work, randomUUID());
          const where = query.hasPartition
            ? ` WHERE ${partition} IS NOT DISTINCT FROM ${text === null ? "NULL" : quote(text)}`
            : "";
          await connection.run(
            `COPY (SELECT ${outputs} FROM ${table}${where}) TO ${quote(from)} (FORMAT parquet, COMPRESSION ${options.codec})`,
            [],
            context.signal,
          );
          written.push({ from, to, file: { name, size: (await stat(from)).size, rows: Number(count) } });
        }
      } finally {
        await connection.run(`DROP TABLE IF EXISTS ${table}`);
      }
    });
  } catch (error) {
    for (const { from } of written) await rm(from, { force: true });
    throw error;
  }
  for (const { from, to } of written) {
    await mkdir(dirname(to), { recursive: true });
    await rename(from, to);
  }
  return written.map(({ file }) => file);
}
