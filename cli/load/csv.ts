import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { LosslessNumber, parseExact, stringifyExact } from "../../client/exactJson";
import type { SourceRecord } from "./source";

type CellType = "text" | "number" | "boolean" | "json";

/** Which column becomes which field. */
export interface ColumnMapping {
  /** `actor_id=user`, `attributes.price:number=unit_price`: field, type (default text) and column. */
  columns: readonly string[];
  /** `action=order.placed`: field and value of every event. */
  constants: readonly string[];
}

interface Target {
  path: string[];
  type: CellType;
}

/** Columns that are fields by their own name; any other becomes an attribute. */
const OWN_NAMES: Record<string, string> = Object.fromEntries(
  [
    "action",
    "occurred_at",
    "actor_id",
    "anonymous_actor_id",
    "source",
    "schema_version",
    "depends_on_event_id",
    "link",
    "_recv_at",
  ]
    .map((field) => [field, field])
    .concat([
      ["object_type", "object.type"],
      ["object_id", "object.id"],
      ["revenue_impact", "revenue_impact:number"],
    ]),
);
const ASSIGNMENT = /^([a-z_]+(?:\.[^=:]+)?)(?::(text|number|boolean|json))?=(.*)$/s;
const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Reads CSV with a header line; the first column of a name, its fields in order. An empty cell is an absent field. */
export async function* readCsv(
  bytes: AsyncIterable<Buffer>,
  mapping: ColumnMapping = { columns: [], constants: [] },
): AsyncGenerator<SourceRecord> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: 16 << 20,
  });
  // A record that breaks the rules of CSV is told apart from the rows; it comes before every row that stands behind it.
  let broken: SourceRecord[] = [];
  parser.on("skip", (error: Error & { lines?: number }, raw?: string) => {
    // One record may hold several stray quotes.
    if (broken.at(-1)?.line === error.lines) return;
    broken.push({ line: error.lines ?? 0, text: raw ?? "", problem: `not CSV: ${error.message}` });
  });
  const input = Readable.from(bytes, { objectMode: false });
  input.on("error", (error) => parser.destroy(error));
  const rows = input.pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>;
  let header: string[] | undefined;
  let targets: (Target | undefined)[] = [];
  const constants = mapping.constants.map(readAssignment);
  for await (const { record, info } of rows) {
    if (header === undefined) {
      header = record.map((name) => name.trim());
      targets = targetsOf(header, mapping);
      continue;
    }
    const before = broken.filter(({ line }) => line < info.lines);
    broken = broken.filter(({ line }) => line >= info.lines);
    yield* before;
    yield toEvent(record, info.lines, header, targets, constants);
  }
  yield* broken;
}

function readAssignment(text: string): Target & { value: string } {
  const [, path, type = "text", value] = ASSIGNMENT.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new Error(
      `${JSON.stringify(text)} is not FIELD[:TYPE]=…; expected such as actor_id=user or attributes.price:number=price`,
    );
  }
  return { path: path.split("."), type: type as CellType, value };
}

function targetsOf(header: readonly string[], { columns }: ColumnMapping): (Target | undefined)[] {
  const mapped = new Map(columns.map(readAssignment).map(({ value, ...target }) => [value, target]));
  for (const column of mapped.keys()) {
    if (!header.includes(column))
      throw new Error(`has no column ${JSON.stringify(column)}; its columns are ${header.join(", ")}`);
  }
  return header.map((name) => {
    if (name === "") return undefined;
    const known = mapped.get(name);
    if (known) return known;
    const own = OWN_NAMES[name] ?? (/^(object|attributes)\../.test(name) ? name : undefined);
    if (own === undefined) return { path: ["attributes", name], type: "text" };
    const [path = "", type = "text"] = own.split(":");
    return { path: path.split("."), type: type as CellType };
  });
}

function toEvent(
  record: readonly string[],
  line: number,
  header: readonly string[],
  targets: readonly (Target | undefined)[],
  constants: readonly (Target & { value: string })[],
): SourceRecord {
  const raw = JSON.stringify(Object.fromEntries(record.map((cell, at) => [header[at] ?? `column ${at + 1}`, cell])));
  if (record.length !== header.length) {
    return { line, text: raw, problem: `the record has ${record.length} cells; the header has ${header.length}` };
  }
  const event: Record<string, unknown> = {};
  try {
    for (const { path, type, value } of constants) put(event, path, readCell(value, type, path.join(".")));
    for (const [at, target] of targets.entries()) {
      const cell = record[at];
      if (target !== undefined && cell !== undefined && cell !== "") {
        put(event, target.path, readCell(cell, target.type, header[at] as string));
      }
    }
    return { line, text: stringifyExact(event) };
  } catch (error) {
    return { line, text: raw, problem: (error as Error).message };
  }
}

function readCell(cell: string, type: CellType, name: string): unknown {
  const text = cell.trim();
  switch (type) {
    case "text":
      return cell;
    case "number":
      if (!JSON_NUMBER.test(text)) throw new Error(`${name}: expected a number, found ${JSON.stringify(cell)}`);
      return new LosslessNumber(text);
    case "boolean":
      if (!/^(true|false)$/i.test(text))
        throw new Error(`${name}: expected true or false, found ${JSON.stringify(cell)}`);
      return text.toLowerCase() === "true";
    case "json":
      return readJsonCell(text, name);
  }
}

function readJsonCell(text: string, name: string): unknown {
  try {
    return parseExact(text);
  } catch (error) {
    throw new Error(`${name}: not JSON: ${(error as Error).message}`);
  }
}

function put(event: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place = event;
  for (const key of path.slice(0, -1)) {
    if (typeof place[key] !== "object" || place[key] === null) place[key] = {};
    place = place[key] as Record<string, unknown>;
  }
  place[path.at(-1) as string] = value;
}
