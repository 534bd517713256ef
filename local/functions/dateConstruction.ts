import { type Bound, bound } from "../translate/bound";
import { tzFromWall } from "../translate/conversion/temporal";
import { quote } from "../translate/sql";
import { DATE, time, timestampLtz, timestampNtz, timestampTz } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

const numbers = (call: Call, count: number): string =>
  Array.from({ length: count }, (_, i) => (call.has(i) ? call.int(i) : "0::BIGINT")).join(", ");

/** Parts may lie outside their usual range: month 13 is January of the next year. Source: …/functions/date_from_parts */
const dateFromParts = scalar(3, 3, (call) => call.result(`sf_date_of(${numbers(call, 3)})`, DATE));

const timeFromParts = scalar(3, 4, (call) => call.result(`sf_time_of(${numbers(call, 4)})`, time()));

type Kind = "TIMESTAMP_NTZ" | "TIMESTAMP_LTZ" | "TIMESTAMP_TZ";

function inZone(call: Call, wall: string, kind: Kind, zone: string): Bound {
  switch (kind) {
    case "TIMESTAMP_LTZ":
      return bound(`timezone(${zone}, ${wall})`, timestampLtz(), call.nullable);
    case "TIMESTAMP_TZ":
      return bound(tzFromWall(wall, zone), timestampTz(), call.nullable);
    default:
      return bound(wall, timestampNtz(), call.nullable);
  }
}

/** From 6 to 8 numbers and a zone, or from a date and a time. Source: …/functions/timestamp_from_parts */
const timestampFromParts = (kindOf: (call: Call) => Kind): FunctionEntry =>
  scalar(2, 8, (call) => {
    const kind = kindOf(call);
    const zone = quote(call.settings.timezone);
    if (call.count === 2 && kind === "TIMESTAMP_NTZ")
      return inZone(call, `(${call.to(0, DATE).sql} + ${call.to(1, time()).sql})`, kind, zone);
    if (call.count < 6 || (call.count === 8 && kind !== "TIMESTAMP_TZ")) call.fail();
    return inZone(call, `sf_wall_of(${numbers(call, 7)})`, kind, call.has(7) ? call.text(7) : zone);
  });

const mapped = timestampFromParts((call) => call.settings.timestampTypeMapping);
const ntz = timestampFromParts(() => "TIMESTAMP_NTZ");
const ltz = timestampFromParts(() => "TIMESTAMP_LTZ");
const tz = timestampFromParts(() => "TIMESTAMP_TZ");

export const dateConstructionFunctions: FunctionTable = {
  DATE_FROM_PARTS: dateFromParts,
  DATEFROMPARTS: dateFromParts,
  TIME_FROM_PARTS: timeFromParts,
  TIMEFROMPARTS: timeFromParts,
  TIMESTAMP_FROM_PARTS: mapped,
  TIMESTAMPFROMPARTS: mapped,
  TIMESTAMP_NTZ_FROM_PARTS: ntz,
  TIMESTAMPNTZFROMPARTS: ntz,
  TIMESTAMP_LTZ_FROM_PARTS: ltz,
  TIMESTAMPLTZFROMPARTS: ltz,
  TIMESTAMP_TZ_FROM_PARTS: tz,
  TIMESTAMPTZFROMPARTS: tz,
};
