import { compilationError } from "../../../errors";
import { intervalOf, LONGEST, readSchedule, SHORTEST } from "../../../schedules/nextRun";

/** A schedule as it was written, which is how SHOW prints it. Errors: 001008 when it could never run. */
export function checkedSchedule(text: string): string {
  if (!readSchedule(text)) {
    const period = intervalOf(text) ?? 0;
    throw compilationError(
      "001008",
      "22023",
      period > LONGEST
        ? "Cannot set schedule greater than 11,520 minutes."
        : period > 0 && period < SHORTEST
          ? "Cannot set schedule less than 10 seconds."
          : "Invalid schedule was specified. Please refer to the docs on what constitutes a valid schedule.",
    );
  }
  return text;
}
