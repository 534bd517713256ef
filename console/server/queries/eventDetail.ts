import { eventId } from "../../../client/eventId";
import type { EventDetail, IdField, RelatedEvent } from "../../api/events";
import { ConsoleError } from "../warehouse/consoleError";
import { exactJson, parseExact } from "../warehouse/exactJson";
import { instant, type Row, text, textOrNull } from "../warehouse/rows";
import { nameOf, type Warehouse } from "../warehouse/warehouse";
import { eventOf } from "./eventRows";
import { previewOf } from "./preview";

const NEIGHBOURS = 5;
const RELATED_COLUMNS = "EVENT_ID, ACTION, OCCURRED_AT";

/**
 * Everything about one event, also about one that waits for its prerequisite.
 * @throws ConsoleError not-found
 */
export async function readEvent(warehouse: Warehouse, id: string): Promise<EventDetail> {
  const row = await findEvent(warehouse, id);
  const [spec, prerequisite, dependents, neighbours] = await Promise.all([
    idSpecification(warehouse),
    prerequisiteOf(warehouse, textOrNull(row.DEPENDS_ON_EVENT_ID)),
    dependentsOf(warehouse, id),
    neighboursOf(warehouse, row),
  ]);
  const whole = payloadOf(row);
  const identity = identityOf(row);
  return {
    ...eventOf(row),
    source: textOrNull(row.SOURCE),
    schemaVersion: textOrNull(row.SCHEMA_VERSION),
    revenueImpact: decimal(row.REVENUE_TEXT),
    link: textOrNull(row.LINK),
    ...previewOf(whole),
    payloadBytes: Buffer.byteLength(whole),
    idFields: spec.map((field) => ({ ...field, value: valueAt(field.field, row) })),
    idMatches: eventId(identity) === id,
    dependsOn: textOrNull(row.DEPENDS_ON_EVENT_ID),
    prerequisite,
    dependents,
    neighbours,
  };
}

/** The whole event as indented JSON. */
export async function readPayload(warehouse: Warehouse, id: string): Promise<string> {
  return payloadOf(await findEvent(warehouse, id));
}

/** @throws ConsoleError not-found */
export async function findEvent({ connection, outputs }: Warehouse, id: string): Promise<Row> {
  // An event whose prerequisite is missing is not in READY_EVENTS.
  for (const view of ["readyEvents", "orphanedEvents"]) {
    const [row] = await connection.query(
      `SELECT *, TO_VARCHAR(REVENUE_IMPACT) AS REVENUE_TEXT FROM ${nameOf(outputs.views, view)} WHERE EVENT_ID = ?`,
      [id],
    );
    if (row) return row;
  }
  throw new ConsoleError("not-found", `No event has the id ${id}. It may have arrived after the last refresh.`);
}

/** The event in the shape it was sent in, from the columns of the events table: attributes keep every digit. */
function payloadOf(row: Row): string {
  const object =
    row.OBJECT_TYPE === null && row.OBJECT_ID === null ? undefined : { type: row.OBJECT_TYPE, id: row.OBJECT_ID };
  const revenue = decimal(row.REVENUE_TEXT);
  const fields: [string, unknown][] = [
    ["action", row.ACTION],
    ["occurred_at", instant(row.OCCURRED_AT)],
    ["actor_id", row.ACTOR_ID],
    ["anonymous_actor_id", row.ANONYMOUS_ACTOR_ID],
    ["object", object],
    ["attributes", row.ATTRIBUTES == null ? undefined : parseExact(text(row.ATTRIBUTES))],
    ["source", row.SOURCE],
    ["schema_version", row.SCHEMA_VERSION],
    ["depends_on_event_id", row.DEPENDS_ON_EVENT_ID],
    ["revenue_impact", revenue === null ? undefined : parseExact(revenue)],
    ["link", row.LINK],
  ];
  return exactJson(Object.fromEntries(fields.filter(([, value]) => value !== null && value !== undefined)));
}

/** A number without the zeros its column adds. */
const decimal = (value: unknown): string | null =>
  textOrNull(value)
    ?.replace(/(\.\d*?)0+$/, "$1")
    .replace(/\.$/, "") ?? null;

const identityOf = (row: Row) => ({
  action: text(row.ACTION),
  actorId: text(row.ACTOR_ID),
  objectType: text(row.OBJECT_TYPE),
  objectId: text(row.OBJECT_ID),
  occurredAt: Date.parse(instant(row.OCCURRED_AT)),
  sourceLane: text(row._SOURCE_LANE),
  recvAt: Date.parse(instant(row._RECV_AT)),
});

/** What stands in one place of the text that is hashed. */
function valueAt(field: string, row: Row): string {
  const time = (value: unknown) => instant(value).replace("Z", "");
  switch (field) {
    case "version":
      return "v2";
    case "occurred_at":
      return time(row.OCCURRED_AT);
    case "_recv_at":
      return time(row._RECV_AT);
    default:
      return text(row[field.toUpperCase()]);
  }
}

function idSpecification({ connection, outputs, cache }: Warehouse): Promise<Omit<IdField, "value">[]> {
  return cache.get("event-id-spec", 3_600_000, async () => {
    const rows = await connection.query(`SELECT * FROM ${nameOf(outputs.views, "eventIdSpec")} ORDER BY POSITION`);
    return rows.map((row) => ({
      position: Number(row.POSITION),
      field: text(row.FIELD),
      source: text(row.SOURCE),
      writtenAs: text(row.WRITTEN_AS),
    }));
  });
}

const relatedOf = (row: Row): RelatedEvent => ({
  id: text(row.EVENT_ID),
  action: text(row.ACTION),
  occurredAt: instant(row.OCCURRED_AT),
});

async function prerequisiteOf({ connection, outputs }: Warehouse, id: string | null): Promise<RelatedEvent | null> {
  if (id === null) return null;
  const [row] = await connection.query(
    `SELECT ${RELATED_COLUMNS} FROM ${nameOf(outputs.views, "readyEvents")} WHERE EVENT_ID = ?`,
    [id],
  );
  return row ? relatedOf(row) : null;
}

async function dependentsOf({ connection, outputs }: Warehouse, id: string): Promise<RelatedEvent[]> {
  const rows = await connection.query(
    `SELECT ${RELATED_COLUMNS} FROM ${nameOf(outputs.views, "readyEvents")} WHERE DEPENDS_ON_EVENT_ID = ? ORDER BY OCCURRED_AT LIMIT 20`,
    [id],
  );
  return rows.map(relatedOf);
}

async function neighboursOf({ connection, outputs }: Warehouse, row: Row): Promise<RelatedEvent[]> {
  const column = row.ACTOR_ID != null ? "ACTOR_ID" : row.ANONYMOUS_ACTOR_ID != null ? "ANONYMOUS_ACTOR_ID" : undefined;
  if (column === undefined) return [];
  const events = nameOf(outputs.views, "readyEvents");
  const at = instant(row.OCCURRED_AT).slice(0, 23);
  const side = (operator: "<" | ">", direction: "ASC" | "DESC") =>
    connection.query(
      `SELECT ${RELATED_COLUMNS} FROM ${events} WHERE ${column} = ? AND (OCCURRED_AT ${operator} ?::TIMESTAMP_NTZ OR (OCCURRED_AT = ?::TIMESTAMP_NTZ AND EVENT_ID ${operator} ?)) ORDER BY OCCURRED_AT ${direction}, EVENT_ID ${direction} LIMIT ${NEIGHBOURS}`,
      [text(row[column]), at, at, text(row.EVENT_ID)],
    );
  const [before, after] = await Promise.all([side("<", "DESC"), side(">", "ASC")]);
  return [...before.reverse(), ...after].map(relatedOf);
}
