import type { ExecutionContext } from "../../execution/context";
import { hasGlobal } from "../../privileges/index";
import { CREDITS, type CreditEntry } from "../../warehouses/credits";
import { textArgument, timeArgument } from "../arguments";
import { decimal, moment, type SystemColumn, systemFunctionOf, text } from "../define";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What one warehouse used in one hour. */
export interface MeteredHour {
  start: number;
  warehouseId: number;
  warehouse: string;
  credits: number;
}

const used = ({ credits }: MeteredHour): string => credits.toFixed(9);

export const METERING_COLUMNS: SystemColumn<MeteredHour>[] = [
  moment("START_TIME", (hour) => hour.start),
  moment("END_TIME", (hour) => hour.start + HOUR),
  text("WAREHOUSE_NAME", (hour) => hour.warehouse),
  decimal("CREDITS_USED", used),
  decimal("CREDITS_USED_COMPUTE", used),
  decimal("CREDITS_USED_CLOUD_SERVICES", () => "0.000000000"),
];

/** Metered credits by warehouse and hour, with what runs at this moment: a run that crosses an hour counts in each by its seconds. */
export async function meteredHours(context: ExecutionContext, from: number, to: number): Promise<MeteredHour[]> {
  const { rows } = await context.query("SELECT object_id, entry FROM meta.history WHERE kind = $1", [CREDITS]);
  const entries = rows.map(([id, entry]) => [Number(id), JSON.parse(entry as string) as CreditEntry] as const);
  const hours = new Map<string, MeteredHour>();
  for (const [warehouseId, { start, end, credits }] of [...entries, ...context.services.warehouses.running()]) {
    const warehouse = context.catalogue.byId(warehouseId)?.name ?? `DROPPED_${warehouseId}`;
    for (const part of parts(start, end)) {
      if (credits === 0 || part.hour < from || part.hour >= to) continue;
      const key = `${warehouse}\u0000${part.hour}`;
      const hour = hours.get(key) ?? { start: part.hour, warehouseId, warehouse, credits: 0 };
      hour.credits += credits * part.share;
      hours.set(key, hour);
    }
  }
  return [...hours.values()].sort((a, b) =>
    a.warehouse === b.warehouse ? a.start - b.start : a.warehouse < b.warehouse ? -1 : 1,
  );
}

function* parts(start: number, end: number): Generator<{ hour: number; share: number }> {
  if (end <= start) {
    yield { hour: Math.floor(start / HOUR) * HOUR, share: 1 };
    return;
  }
  for (let hour = Math.floor(start / HOUR) * HOUR; hour < end; hour += HOUR) {
    const overlap = Math.min(end, hour + HOUR) - Math.max(start, hour);
    yield { hour, share: overlap / (end - start) };
  }
}

/** MONITOR USAGE is needed; without it there are no rows. */
export const WAREHOUSE_METERING_HISTORY = systemFunctionOf(
  "WAREHOUSE_METERING_HISTORY",
  ["DATE_RANGE_START", "DATE_RANGE_END?", "WAREHOUSE_NAME?"],
  METERING_COLUMNS,
  async (context, args) => {
    if (!hasGlobal(context, "MONITOR USAGE")) return [];
    const now = Number(context.now / 1000n);
    const from = Math.floor((timeArgument(args, "DATE_RANGE_START") ?? now) / HOUR) * HOUR;
    const to = (timeArgument(args, "DATE_RANGE_END") ?? Math.floor(now / DAY) * DAY) + DAY;
    const wanted = textArgument(args, "WAREHOUSE_NAME");
    const name = wanted?.startsWith('"') ? wanted.slice(1, -1) : wanted?.toUpperCase();
    return (await meteredHours(context, from, to)).filter((hour) => name === undefined || hour.warehouse === name);
  },
);
