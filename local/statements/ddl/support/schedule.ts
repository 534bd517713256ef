import { invalidValue } from "../../../errors";
import { parseCron } from "../../../schedules/cron";

const MAX_MINUTES = 11_520;
const UNITS: Record<string, string> = {
  MINUTE: "MINUTE",
  MINUTES: "MINUTE",
  M: "MINUTE",
  HOUR: "HOUR",
  HOURS: "HOUR",
  H: "HOUR",
  SECOND: "SECOND",
  SECONDS: "SECOND",
  S: "SECOND",
};

/** `10 MINUTE` or `USING CRON <5 fields> <time zone>`, in Snowflake's spelling; refused when it could never run. */
export function parseSchedule(text: string): string {
  const words = text.trim().split(/\s+/);
  if (words[0]?.toUpperCase() === "USING" && words[1]?.toUpperCase() === "CRON") {
    const [fields, zone] = [words.slice(2, 7), words[7]];
    if (words.length !== 8 || zone === undefined || !isTimeZone(zone) || !parseCron(fields, zone)) {
      throw invalidValue(text, "SCHEDULE");
    }
    return `USING CRON ${fields.join(" ")} ${zone}`;
  }
  const unit = UNITS[words[1]?.toUpperCase() ?? ""];
  const count = Number(words[0]);
  if (words.length !== 2 || !unit || !Number.isInteger(count) || count < 1) throw invalidValue(text, "SCHEDULE");
  const seconds = count * (unit === "HOUR" ? 3600 : unit === "MINUTE" ? 60 : 1);
  if (seconds < 10 || seconds > MAX_MINUTES * 60) throw invalidValue(text, "SCHEDULE");
  return `${count} ${unit}`;
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
