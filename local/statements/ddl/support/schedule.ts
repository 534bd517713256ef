import { invalidValue } from "../../../errors";
import { readSchedule } from "../../../schedules/nextRun";

/** A schedule as it was written, which is how SHOW prints it. Errors: 001008 when it could never run. */
export function checkedSchedule(text: string): string {
  if (!readSchedule(text)) throw invalidValue(text, "SCHEDULE");
  return text.trim();
}
