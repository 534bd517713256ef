import { BOOLEAN, HUGEINT, INTEGER, VARCHAR } from "@duckdb/node-api";
import { SnowflakeError } from "../../errors";
import type { IntervalField } from "../../types/interval";
import type { EngineFunction } from "../scalarFunction";
import { fitInterval, intervalOverflow, intervalText, parseInterval } from "./value";

const TYPE = [VARCHAR, VARCHAR, INTEGER, INTEGER];

const shape = (first: string, last: string, precision: number, scale: number) => ({
  first: first as IntervalField,
  last: last as IntervalField,
  precision,
  scale,
});

const notRecognized = (text: string) => new SnowflakeError("100040", "22007", `Interval '${text}' is not recognized`);

/** Each takes the fields and digits of an interval type behind its value. */
export const intervalFunctions: EngineFunction[] = [
  {
    name: "sf_interval",
    parameters: [VARCHAR, ...TYPE, BOOLEAN],
    returns: HUGEINT,
    compute: (text: string, first: string, last: string, precision: number, scale: number, attempt: boolean) => {
      const type = shape(first, last, precision, scale);
      const value = parseInterval(text, type);
      if (value === undefined && !attempt) throw notRecognized(text);
      return value ?? null;
    },
  },
  {
    name: "sf_interval_fit",
    parameters: [HUGEINT, ...TYPE],
    returns: HUGEINT,
    compute: (value: bigint, first: string, last: string, precision: number, scale: number) => {
      const type = shape(first, last, precision, scale);
      const fitted = fitInterval(value, type);
      if (fitted === undefined) throw intervalOverflow(type);
      return fitted;
    },
  },
  {
    name: "sf_interval_text",
    parameters: [HUGEINT, ...TYPE],
    returns: VARCHAR,
    compute: (value: bigint, first: string, last: string, precision: number, scale: number) =>
      intervalText(value, shape(first, last, precision, scale)),
  },
];
