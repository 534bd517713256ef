import type { ActionExample, AttributeTypes, CataloguedAction } from "../../api/actions";
import { exactJson, parseExact, parsePlain } from "../warehouse/exactJson";
import { instant, number, type Row, text } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";
import { utcText } from "./activity";
import { beginningOf } from "./preview";

const DAYS = 30;
const DAY_MS = 24 * 3_600_000;
const EXAMPLES = 5;
const EXAMPLE_TEXT = 2000;

/** The catalogue of actions, the most frequent first. Days are empty for a role that may not read events. */
export async function readActions({ connection, outputs }: Warehouse, now = Date.now()): Promise<CataloguedAction[]> {
  const [catalogue, daily] = await Promise.all([
    connection.query(
      `SELECT *, TO_JSON(SCHEMA_VERSIONS) AS VERSIONS_JSON, TO_JSON(ATTRIBUTES) AS ATTRIBUTES_JSON FROM ${nameOf(outputs.views, "actionCatalog")} ORDER BY EVENT_COUNT DESC, ACTION`,
    ),
    connection
      .query(
        `SELECT ACTION, TO_VARCHAR(OCCURRED_AT, 'YYYY-MM-DD') AS DAY, COUNT(*) AS N FROM ${nameOf(outputs.views, "readyEvents")} WHERE OCCURRED_AT >= ?::TIMESTAMP_NTZ GROUP BY 1, 2`,
        [utcText(firstDay(now))],
      )
      .catch((error: { kind?: string }): Row[] => {
        if (error.kind === "no-permission") return [];
        throw error;
      }),
  ]);
  const days = daysByAction(daily, now);
  return catalogue.map((row) => ({
    action: text(row.ACTION),
    firstSeenAt: instant(row.FIRST_SEEN_AT),
    lastSeenAt: instant(row.LAST_SEEN_AT),
    count: number(row.EVENT_COUNT),
    count24h: number(row.EVENT_COUNT_24H),
    actors: number(row.ACTOR_COUNT),
    schemaVersions: (parsePlain(text(row.VERSIONS_JSON) || "[]") as unknown[]).map(String),
    attributes: attributesOf(text(row.ATTRIBUTES_JSON)),
    days: days.get(text(row.ACTION)) ?? (daily.length > 0 ? new Array<number>(DAYS).fill(0) : []),
  }));
}

const firstDay = (now: number) => Math.floor(now / DAY_MS) * DAY_MS - (DAYS - 1) * DAY_MS;

function daysByAction(rows: Row[], now: number): Map<string, number[]> {
  const first = firstDay(now);
  const days = new Map<string, number[]>();
  for (const row of rows) {
    const action = text(row.ACTION);
    const index = Math.round((Date.parse(`${text(row.DAY)}T00:00:00Z`) - first) / DAY_MS);
    const counts = days.get(action) ?? new Array<number>(DAYS).fill(0);
    if (index >= 0 && index < DAYS) counts[index] = number(row.N);
    days.set(action, counts);
  }
  return days;
}

function attributesOf(json: string): AttributeTypes[] {
  const types = parsePlain(json || "{}") as Record<string, Record<string, number>>;
  return Object.entries(types)
    .map(([name, counts]) => ({
      name,
      types: Object.entries(counts)
        .map(([type, count]) => ({ type, count: Number(count) }))
        .sort((a, b) => b.count - a.count),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The last events of an action, with their attributes. */
export async function readExamples({ connection, outputs }: Warehouse, action: string): Promise<ActionExample[]> {
  const rows = await connection.query(
    `SELECT EVENT_ID, _RECV_AT, ATTRIBUTES FROM ${nameOf(outputs.views, "readyEvents")} WHERE ACTION = ? ORDER BY _RECV_AT DESC, EVENT_ID DESC LIMIT ${EXAMPLES}`,
    [action],
  );
  return rows.map((row) => ({
    id: text(row.EVENT_ID),
    receivedAt: instant(row._RECV_AT),
    attributes: exampleOf(text(row.ATTRIBUTES)),
  }));
}

function exampleOf(json: string): string {
  if (json === "") return "{}";
  return beginningOf(exactJson(parseExact(json)), EXAMPLE_TEXT);
}
