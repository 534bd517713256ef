import { compilationError } from "../../../errors";
import { readSchedule } from "../../../schedules/nextRun";

/** A schedule as it was written, which is how SHOW prints it. Errors: 001008 when it could never run. */
export function checkedSchedule(text: string): string {
  if (!readSchedule(text))
    throw compilationError(
      "001008",
      "22023",
      "Invalid schedule was specified. Please refer to the docs on what constitutes a valid schedule.",
    );
  return text.trim();
}
