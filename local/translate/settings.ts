import type { ExecutionContext } from "../execution/context";
import { parameter } from "../parameters/effective";

/** Session parameters that change what expressions mean. */
export interface Settings {
  timezone: string;
  timestampTypeMapping: "TIMESTAMP_NTZ" | "TIMESTAMP_LTZ" | "TIMESTAMP_TZ";
  dateInput: string;
  timeInput: string;
  timestampInput: string;
  dateOutput: string;
  timeOutput: string;
  ntzOutput: string;
  ltzOutput: string;
  tzOutput: string;
  binaryInput: string;
  binaryOutput: string;
  weekStart: number;
  weekOfYearPolicy: number;
  twoDigitCenturyStart: number;
}

/** The effective values for the session of `context`. */
export function settings(context: ExecutionContext): Settings {
  const text = (name: string): string => String(parameter(context, name) ?? "");
  const timestampOutput = text("TIMESTAMP_OUTPUT_FORMAT") || "YYYY-MM-DD HH24:MI:SS.FF3 TZHTZM";
  const zonedOutput = (name: string): string => {
    const format = text(name);
    return format === "" || format.toUpperCase() === "AUTO" ? timestampOutput : format;
  };
  return {
    timezone: text("TIMEZONE") || "America/Los_Angeles",
    timestampTypeMapping: (text("TIMESTAMP_TYPE_MAPPING") || "TIMESTAMP_NTZ") as Settings["timestampTypeMapping"],
    dateInput: text("DATE_INPUT_FORMAT") || "AUTO",
    timeInput: text("TIME_INPUT_FORMAT") || "AUTO",
    timestampInput: text("TIMESTAMP_INPUT_FORMAT") || "AUTO",
    dateOutput: text("DATE_OUTPUT_FORMAT") || "YYYY-MM-DD",
    timeOutput: text("TIME_OUTPUT_FORMAT") || "HH24:MI:SS",
    ntzOutput: text("TIMESTAMP_NTZ_OUTPUT_FORMAT") || timestampOutput,
    ltzOutput: zonedOutput("TIMESTAMP_LTZ_OUTPUT_FORMAT"),
    tzOutput: zonedOutput("TIMESTAMP_TZ_OUTPUT_FORMAT"),
    binaryInput: (text("BINARY_INPUT_FORMAT") || "HEX").toUpperCase(),
    binaryOutput: (text("BINARY_OUTPUT_FORMAT") || "HEX").toUpperCase(),
    weekStart: Number(parameter(context, "WEEK_START") ?? 0),
    weekOfYearPolicy: Number(parameter(context, "WEEK_OF_YEAR_POLICY") ?? 0),
    twoDigitCenturyStart: Number(parameter(context, "TWO_DIGIT_CENTURY_START") ?? 1970),
  };
}
