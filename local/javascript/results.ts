import type { ExecutionContext } from "../execution/context";
import { type ResultColumn, type Row, rowCount, type StatementResult } from "../execution/result";
import { parameter } from "../parameters/effective";
import { microsOf, wireToValue } from "../results/value";
import { RowReader } from "../scripting/rowReader";
import { convert } from "../scripting/values";
import { varchar } from "../types/dataType";
import { wireFacts } from "../types/rowType";
import { instantOf, zoneOffset } from "../udf/datetime/zone";
import { kindOf } from "./kinds";

/** Rows that the handler is given at once. */
const PAGE = 500;

interface Open {
  columns: readonly ResultColumn[];
  reader: RowReader;
  page: Row[];
  /** Rows before the page. */
  before: number;
}

/** The results that the handler of one call has open, by their handle. */
export class HandlerResults {
  private readonly open: Open[] = [];

  constructor(private readonly context: ExecutionContext) {}

  /** What the handler learns of a statement at once; its rows are fetched in pages. */
  opened(result: StatementResult, queryId: string | undefined): object {
    const handle = this.open.push({ columns: result.columns, reader: new RowReader(result), page: [], before: 0 }) - 1;
    const { inserted = 0, updated = 0, deleted = 0, duplicates = 0 } = result.statistics ?? {};
    return {
      handle,
      queryId,
      rowCount: rowCount(result.rows),
      columns: result.columns.map(({ name, type, nullable }) => ({
        name,
        nullable,
        kind: type.kind.startsWith("TIMESTAMP")
          ? "t"
          : type.kind === "NUMBER"
            ? "n"
            : (kindOf(type) ?? (type.kind === "VECTOR" ? "j" : "s")),
        sqlType: wireFacts(type).type.toUpperCase(),
        scale: wireFacts(type).scale ?? 0,
      })),
      affected: result.rowsAffected ?? 0,
      inserted,
      updated,
      deleted,
      duplicates,
    };
  }

  async fetch(handle: number): Promise<{ rows: Row[] }> {
    const open = this.open[handle] as Open;
    open.before += open.page.length;
    open.page = [];
    for (let row = await open.reader.next(); row; row = await open.reader.next()) {
      open.page.push(row);
      if (open.page.length === PAGE) break;
    }
    const zone = String(parameter(this.context, "TIMEZONE"));
    const rows = await Promise.all(
      open.page.map((row) => Promise.all(row.map((cell, i) => this.cell(open.columns[i] as ResultColumn, cell, zone)))),
    );
    return { rows };
  }

  /** A cell as SQL converts it to text. */
  async print(handle: number, row: number, place: number): Promise<{ text: string | null }> {
    const open = this.open[handle] as Open;
    return {
      text: await this.text(open.columns[place] as ResultColumn, open.page[row - open.before]?.[place] ?? null),
    };
  }

  private async text({ type }: ResultColumn, cell: string | null): Promise<string | null> {
    if (cell === null || type.kind === "VARCHAR" || type.kind === "NUMBER") return cell;
    return (await convert(this.context, wireToValue(type, cell), varchar())).value as string;
  }

  /** A cell as `handlerApi.cjs` reads it. */
  private async cell(column: ResultColumn, cell: string | null, zone: string): Promise<string | null> {
    if (cell === null) return null;
    const { type } = column;
    switch (type.kind) {
      case "DATE":
        return String(instantOf(BigInt(cell) * 86_400_000_000n, zone) / 1000n);
      case "TIMESTAMP_NTZ":
        return timestamp(instantOf(microsOf(cell), zone), zone, type.scale);
      case "TIMESTAMP_LTZ":
        return timestamp(microsOf(cell), zone, type.scale);
      case "TIMESTAMP_TZ": {
        const [seconds = "", offset] = cell.split(" ");
        return timestamp(microsOf(seconds), Number(offset) - 1440, type.scale);
      }
      case "TIME":
        return this.text(column, cell);
      default:
        return cell;
    }
  }
}

/** Milliseconds since 1970, nanoseconds of the second, minutes ahead of UTC, digits of a second. */
function timestamp(micros: bigint, zone: string | number, scale: number): string {
  const offset = typeof zone === "number" ? zone : zoneOffset(micros, zone);
  const fraction = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const millis = (micros - (((micros % 1000n) + 1000n) % 1000n)) / 1000n;
  return `${millis} ${fraction * 1000n} ${offset} ${scale}`;
}
