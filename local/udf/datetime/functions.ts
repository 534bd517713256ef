import {
  DATE,
  DuckDBDateValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  INTEGER,
  SMALLINT,
  STRUCT,
  TIME,
  TIMESTAMP,
  VARCHAR,
} from "@duckdb/node-api";
import { timestampNotRecognized } from "../../errors";
import type { EngineFunction } from "../scalarFunction";
import { MICROS_PER_DAY } from "./fields";
import { formatMoment } from "./format";
import { notRecognized, type OnFailure, readMoment, readTime } from "./moment";

const READ = [VARCHAR, VARCHAR, INTEGER, VARCHAR] as const;

const floorDays = (wall: bigint): number => {
  const days = wall / MICROS_PER_DAY;
  return Number(wall % MICROS_PER_DAY < 0n ? days - 1n : days);
};

export const datetimeFunctions: EngineFunction[] = [
  {
    name: "sf_wall",
    parameters: READ,
    returns: TIMESTAMP,
    compute: (text: string, format: string, century: number, onFailure: OnFailure) => {
      const moment = readMoment(text, format, century);
      if (moment) return new DuckDBTimestampValue(moment.wall);
      if (onFailure === "null") return null;
      throw notRecognized("Timestamp", text, onFailure === "format" ? format : undefined);
    },
  },
  {
    name: "sf_moment",
    parameters: [...READ, VARCHAR],
    returns: STRUCT({ wall: TIMESTAMP, off: SMALLINT }),
    compute: (text: string, format: string, century: number, onFailure: OnFailure) => {
      const moment = readMoment(text, format, century);
      if (moment) return new DuckDBStructValue({ wall: new DuckDBTimestampValue(moment.wall), off: moment.offset });
      if (onFailure === "null") return null;
      throw notRecognized("Timestamp", text, onFailure === "format" ? format : undefined);
    },
  },
  {
    name: "sf_date",
    parameters: READ,
    returns: DATE,
    compute: (text: string, format: string, century: number, onFailure: OnFailure) => {
      const moment = readMoment(text, format, century);
      if (moment) return new DuckDBDateValue(floorDays(moment.wall));
      if (onFailure === "null") return null;
      throw notRecognized("Date", text, onFailure === "format" ? format : undefined);
    },
  },
  {
    name: "sf_time",
    parameters: READ,
    returns: TIME,
    compute: (text: string, format: string, century: number, onFailure: OnFailure) => {
      const micros = readTime(text, format, century);
      if (micros !== null) return new DuckDBTimeValue(micros);
      if (onFailure === "null") return null;
      throw notRecognized("Time", text, onFailure === "format" ? format : undefined);
    },
  },
  {
    // Seconds · 10^-scale since 1970, as decimal text.
    name: "sf_epoch",
    parameters: [VARCHAR, INTEGER],
    returns: TIMESTAMP,
    compute: (text: string, scale: number) => {
      const negative = text.startsWith("-");
      const [whole = "0", fraction = ""] = text.replace("-", "").split(".") as [string, string?];
      const digits = whole + fraction.padEnd(12, "0").slice(0, 12);
      // digits = value · 10^12; microseconds = value · 10^(6 - scale)
      const micros = BigInt(digits) / 10n ** BigInt(6 + scale);
      if (micros > 253_402_300_799_999_999n * 10n) throw timestampNotRecognized(text);
      return new DuckDBTimestampValue(negative ? -micros : micros);
    },
  },
  {
    name: "sf_format",
    parameters: [TIMESTAMP, SMALLINT, VARCHAR],
    returns: VARCHAR,
    compute: (wall: DuckDBTimestampValue, offset: number, format: string) => formatMoment(wall.micros, offset, format),
  },
];
