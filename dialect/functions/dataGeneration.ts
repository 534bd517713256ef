import { define } from "./definition";

/** https://docs.snowflake.com/en/sql-reference/functions-data-generation */
export const dataGenerationFunctions = define(
  "data generation",
  { determinism: "random" },
  `RANDOM(integer?) integer
  RANDSTR(integer, any) text
  SEQ1 SEQ2 SEQ4 SEQ8(integer?) integer
  NORMAL(number, number, any) float
  UNIFORM(any, any, any) number
  ZIPF(number, number, any) integer`,
);
