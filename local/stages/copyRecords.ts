import type { EngineConnection } from "../store/connection";
import { fromCanonical, toCanonical } from "../udf/json/canonical";
import { ObjectNode } from "../udf/json/node";
import type { CopyPlan } from "./copyPlan";
import type { StagedRecord } from "./csv";
import { fieldCountError } from "./fieldCount";
import { md5Of, type StagedFile } from "./files";
import { flag } from "./format";
import { headerOf, recordsOf } from "./records";

/** A record of a file that is loaded; `isLast` is told where records are read with their source. */
export type CopyRecord = StagedRecord & { isLast?: boolean };

/**
 * Records of a file as COPY takes them: fields by place, or by name with MATCH_BY_COLUMN_NAME.
 * @param withSource whether the places of errors are wanted
 */
export async function* copyRecords(plan: CopyPlan, file: StagedFile, withSource = false): AsyncGenerator<CopyRecord> {
  const { format, options } = plan;
  const isByName = options.match !== "NONE";
  const places = isByName && format.type === "CSV" ? namePlaces(plan, await headerOf(file, format)) : undefined;
  const checksCount =
    format.type === "CSV" &&
    !isByName &&
    !plan.transformation &&
    !plan.listsColumns &&
    flag(format, "ERROR_ON_COLUMN_COUNT_MISMATCH");
  const records: AsyncIterable<CopyRecord> = recordsOf(file, format, withSource);
  for await (const record of withSource ? markingLast(records) : records) {
    const error = record.error ?? (checksCount ? fieldCountError(plan, record, record.isLast === true) : undefined);
    if (error) yield { ...record, error };
    else if (places) yield { ...record, values: places.map((at) => (at < 0 ? null : (record.values[at] ?? null))) };
    else if (isByName) yield { ...record, values: members(plan, record.values[0] ?? null) };
    else yield record;
  }
}

async function* markingLast(records: AsyncIterable<StagedRecord>): AsyncGenerator<CopyRecord> {
  let held: StagedRecord | undefined;
  for await (const record of records) {
    if (held) yield held;
    held = record;
  }
  if (held) yield { ...held, isLast: true };
}

function namePlaces({ columns, options }: CopyPlan, header: readonly string[]): number[] {
  const key = (name: string) => (options.match === "CASE_INSENSITIVE" ? name.toUpperCase() : name);
  const names = header.map((name) => key(name.trim()));
  return columns.map((column) => names.indexOf(key(column.name)));
}

/** Members of an object by the names of columns, in stored form. */
function members({ columns, options }: CopyPlan, stored: string | null): (string | null)[] {
  const node = stored === null ? null : fromCanonical(stored);
  if (!(node instanceof ObjectNode)) return columns.map(() => null);
  const isLoose = options.match === "CASE_INSENSITIVE";
  const byName = new Map([...node.entries].map(([name, value]) => [isLoose ? name.toUpperCase() : name, value]));
  return columns.map((column) => {
    const value = byName.get(isLoose ? column.name.toUpperCase() : column.name);
    return value === undefined ? null : toCanonical(value);
  });
}

/** A record that cannot be read was met where only good ones were expected. */
export class UnreadableRecord extends Error {}

/** Rows that go to the engine at once. */
const BATCH = 2048;

export interface AcceptedFile {
  file: StagedFile;
  /** Records that are left out. */
  bad: ReadonlySet<number>;
}

/** Columns of the temporary table behind the fields: name of the file, row, content key, time of the last change. */
const FACTS = ["f", "r", "k", "m"];

export const rawColumns = (width: number): string =>
  [...Array.from({ length: width }, (_, i) => `w${i + 1}`), ...FACTS].map((name) => `${name} VARCHAR`).join(", ");

/** Fills a temporary table with the records of files. */
export async function loadRaw(
  connection: EngineConnection,
  table: string,
  plan: CopyPlan,
  files: readonly AcceptedFile[],
): Promise<void> {
  await connection.createTemporary(table, rawColumns(plan.width));
  for (const { file, bad } of files) {
    const facts = [file.name, "", await md5Of(file), String(Math.trunc(file.lastModified))];
    const fresh = () => Array.from({ length: plan.width + FACTS.length }, (): (string | null)[] => []);
    let columns = fresh();
    const flush = async () => {
      const rows = columns[plan.width]?.length ?? 0;
      if (rows > 0) await connection.appendTexts(table, columns, rows);
      columns = fresh();
    };
    for await (const record of copyRecords(plan, file)) {
      if (bad.has(record.row)) continue;
      if (record.error) throw new UnreadableRecord();
      for (let i = 0; i < plan.width; i++) columns[i]?.push(record.values[i] ?? null);
      facts[1] = String(record.row);
      facts.forEach((value, i) => {
        columns[plan.width + i]?.push(value);
      });
      if ((columns[plan.width]?.length ?? 0) === BATCH) await flush();
    }
    await flush();
  }
}
