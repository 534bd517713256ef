import { bound } from "../translate/bound";
import { packTz, tzWall } from "../translate/conversion/temporal";
import { isDatePart } from "../translate/dateArithmetic";
import { once, quote } from "../translate/sql";
import { DATE } from "../types/dataType";
import { noPartOfTime, ofPart, part, partName } from "./dateParts";

export const dateTrunc = ofPart(2, (call) => {
  // The week of ISO begins on Monday, whatever WEEK_START says.
  const isIso = /^week_?iso$|^weekofyear_?iso$/.test(partName(call, 0));
  const unit = isIso ? "week" : part(call, 0);
  const value = call.moment(1);
  if (unit === "nanosecond") return value;
  const truncated = (wall: string): string => {
    const shift = unit === "week" && !isIso && call.settings.weekStart > 1 ? call.settings.weekStart - 1 : 0;
    return shift === 0
      ? `date_trunc('${unit}', ${wall})`
      : `(date_trunc('week', ${wall} - to_days(${shift})) + to_days(${shift}))`;
  };
  switch (value.type.kind) {
    case "DATE":
      return bound(`${truncated(`${value.sql}::TIMESTAMP`)}::DATE`, DATE, value.nullable);
    case "TIME":
      if (isDatePart(unit)) throw noPartOfTime(call, 0);
      return bound(`${truncated(`(DATE '1970-01-01' + ${value.sql})`)}::TIME`, value.type, value.nullable);
    case "TIMESTAMP_LTZ": {
      const zone = quote(call.settings.timezone);
      const wall = truncated(`timezone(${zone}, ${value.sql})`);
      return bound(`timezone(${zone}, ${wall})`, value.type, value.nullable);
    }
    case "TIMESTAMP_TZ":
      return bound(
        once(
          value.sql,
          (x) =>
            `CASE WHEN ${x} IS NULL THEN NULL ELSE ${packTz(`(${truncated(tzWall(x))} - to_minutes((${x}).off::BIGINT))`, `(${x}).off`)} END`,
        ),
        value.type,
        value.nullable,
      );
    default:
      return bound(truncated(value.sql), value.type, value.nullable);
  }
});
