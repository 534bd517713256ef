import { eventSchema } from "../../client/event";
import { LosslessNumber, parseExact, stringifyExact } from "../../client/exactJson";
import { readCsvRecords } from "./csvRecords";
import { CR_ALONE } from "./lines";
import type { SourceRecord } from "./source";

type CellType = "text" | "number" | "boolean" | "json";

/** Which column becomes which field. */
export interface ColumnMapping {
  /** `actor_id=user`, `attributes.price:number=unit_price`: field, type (default text) and column. */
  columns: readonly string[];
  /** `action=order.placed`: field and value of every event. */
  constants: readonly string[];
  /** Between two cells; default a comma. */
  delimiter?: string;
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
  const constants = mapping.constants.map(readAssignment);
  refuseCollisions([...constants, ...mapping.columns.map(readAssignment)]);
  let header: string[] | undefined;
  let targets: Target[] = [];
  for await (const { line, cells, text, problem, ...end } of readCsvRecords(bytes, mapping.delimiter ?? ",")) {
    if (header === undefined) {
      header = readHeader(line, cells, problem);
      targets = targetsOf(header, mapping, constants);
    } else if (problem !== undefined) {
      yield { line, text, problem, ...end };
    } else {
      yield { ...toEvent(cells, line, header, targets, constants), ...end };
    }
  }
}

function readHeader(line: number, cells: readonly string[], problem: string | undefined): string[] {
  if (problem !== undefined) throw new Error(`has no header of columns in line ${line}: ${problem}`);
  if (cells.some((cell) => cell.includes("\r"))) throw new Error(CR_ALONE);
  if (/^sep=.?$/i.test(cells.join("")))
    throw new Error(
      "begins with the line sep= of a spreadsheet; expected names of columns (leave it out with: tail -n +2)",
    );
  if (cells.every((name) => name.trim() === ""))
    throw new Error(
      `has no name of a column in its header, line ${line}; expected such as action,occurred_at,actor_id`,
    );
  // What spreadsheets and data frames write without a name, such as an index, is an attribute as well.
  return cells.map((name, at) => name.trim() || placeName(at));
}

const placeName = (at: number) => `column ${at + 1}`;

function readAssignment(text: string): Target & { value: string } {
  const [, path, type = "text", value] = ASSIGNMENT.exec(text) ?? [];
  if (path === undefined || value === undefined) {
    throw new Error(
      `${JSON.stringify(text)} is not FIELD[:TYPE]=…; expected such as actor_id=user or attributes.price:number=price`,
    );
  }
  return { path: path.split("."), type: type as CellType, value };
}

/** Fields by their first part, and what may stand below it: nothing, fixed names, or anything. */
const FIELDS: Readonly<Record<string, readonly string[] | "nothing" | "anything">> = {
  ...Object.fromEntries(Object.keys(eventSchema.shape).map((field) => [field, "nothing"])),
  object: ["type", "id"],
  attributes: "anything",
};

/** A field that nobody reads would be a mistake that shows only when the events are there. */
function refuseUnknownField({ path }: Target): void {
  const [field = "", ...inner] = path;
  const below = Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined;
  const isKnown =
    below === "nothing"
      ? inner.length === 0
      : below === "anything"
        ? inner.length > 0 && !inner.includes("")
        : (below?.includes(inner.join(".")) ?? false);
  if (isKnown) return;
  const fields = Object.entries(FIELDS).flatMap(([name, names]) =>
    names === "nothing" ? name : names === "anything" ? `${name}.…` : names.map((inside) => `${name}.${inside}`),
  );
  throw new Error(`cannot be mapped: ${path.join(".")} is no field of an event; its fields are ${fields.join(", ")}`);
}

function refuseCollisions(targets: readonly Target[]): void {
  const paths = targets.map(({ path }) => path.join("."));
  for (const target of targets) refuseUnknownField(target);
  const twice = paths.find((path, at) => paths.some((other, place) => place !== at && within(path, other)));
  if (twice !== undefined)
    throw new Error(`cannot be mapped: ${twice} gets two values; name it once in --map and --set`);
}

const within = (path: string, other: string): boolean => path === other || path.startsWith(`${other}.`);

function targetsOf(
  header: readonly string[],
  { columns, delimiter = "," }: ColumnMapping,
  constants: readonly Target[],
): Target[] {
  const twice = header.find((name, at) => header.indexOf(name) !== at);
  if (twice !== undefined)
    throw new Error(`has two columns ${JSON.stringify(twice)}; expected a name of its own for each`);
  const mapped = new Map(columns.map(readAssignment).map(({ value, ...target }) => [value, target]));
  for (const column of mapped.keys()) {
    if (!header.includes(column))
      throw new Error(
        `has no column ${JSON.stringify(column)}; its columns are ${header.join(", ")}${hint(header, delimiter)}`,
      );
  }
  const [only = ""] = header;
  const otherSeparator = hint(header, delimiter);
  if (otherSeparator !== "" && !mapped.has(only))
    throw new Error(`has one column ${JSON.stringify(only)}${otherSeparator}`);
  const given = new Set([...mapped.values(), ...constants].map(({ path }) => path.join(".")));
  const targets = header.map((name): Target => {
    const known = mapped.get(name);
    if (known) return known;
    const own = ownName(name, header) ?? (/^(object|attributes)\../.test(name) ? name : undefined);
    const [path = "", type = "text"] = own?.split(":") ?? [];
    // What was said outright goes before what a name suggests; the column is kept all the same.
    if (own === undefined || given.has(path)) return { path: ["attributes", name], type: "text" };
    return { path: path.split("."), type: type as CellType };
  });
  // Not one of its records would be an event.
  if (![...targets, ...constants].some(({ path }) => path.join(".") === "action"))
    throw new Error(
      `has no action: name its column with --map action=COLUMN, or one for all with --set action=noun.verb_past; its columns are ${header.join(", ")}`,
    );
  return targets;
}

/** A name in capital letters, as Snowflake unloads it, is the field too, where the field itself is not there. */
function ownName(name: string, header: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const field = name === name.toUpperCase() && !header.includes(lower) ? lower : name;
  return Object.hasOwn(OWN_NAMES, field) ? OWN_NAMES[field] : undefined;
}

/** One column that holds another separator is a file with that separator. */
function hint(header: readonly string[], delimiter: string): string {
  const [only = ""] = header;
  const other = [";", "\t", "|", ","].find((separator) => separator !== delimiter && only.includes(separator));
  if (header.length !== 1 || other === undefined) return "";
  return ` (is it separated by ${JSON.stringify(other)}? Then say --delimiter ${other === "\t" ? "tab" : `'${other}'`})`;
}

function toEvent(
  record: readonly string[],
  line: number,
  header: readonly string[],
  targets: readonly Target[],
  constants: readonly (Target & { value: string })[],
): SourceRecord {
  const raw = JSON.stringify(Object.fromEntries(record.map((cell, at) => [header[at] ?? placeName(at), cell])));
  if (record.length !== header.length) {
    return { line, text: raw, problem: `the record has ${record.length} cells; the header has ${header.length}` };
  }
  const event: Record<string, unknown> = Object.create(null);
  try {
    for (const { path, type, value } of constants) put(event, path, readCell(value, type, path.join(".")));
    for (const [at, target] of targets.entries()) {
      const cell = record[at];
      if (cell !== undefined && cell !== "") {
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
    if (typeof place[key] !== "object" || place[key] === null) place[key] = Object.create(null);
    place = place[key] as Record<string, unknown>;
  }
  place[path.at(-1) as string] = value;
}
