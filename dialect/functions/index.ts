import { aggregateFunctions } from "./aggregate";
import { conditionalFunctions } from "./conditional";
import { contextFunctions } from "./context";
import { conversionFunctions } from "./conversion";
import { dataGenerationFunctions } from "./dataGeneration";
import { dateTimeFunctions, periodFunctions } from "./dateTime";
import type { FunctionDefinition } from "./definition";
import { geospatialFunctions } from "./geospatial";
import { hashFunctions } from "./hash";
import { modelFunctions, vectorAndFileFunctions } from "./models";
import { numericFunctions } from "./numeric";
import { regexFunctions } from "./regex";
import { semiStructuredFunctions } from "./semiStructured";
import { stringFunctions } from "./string";
import { systemFunctions } from "./system";
import { tableFunctions } from "./table";
import { rowPatternFunctions, windowFunctions } from "./window";

/** Snowflake's own functions by name in upper case. https://docs.snowflake.com/en/sql-reference/functions-all */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    stringFunctions,
    regexFunctions,
    hashFunctions,
    dateTimeFunctions,
    periodFunctions,
    conditionalFunctions,
    conversionFunctions,
    numericFunctions,
    aggregateFunctions,
    windowFunctions,
    rowPatternFunctions,
    semiStructuredFunctions,
    contextFunctions,
    dataGenerationFunctions,
    tableFunctions,
    geospatialFunctions,
    modelFunctions,
    vectorAndFileFunctions,
    systemFunctions,
  ]
    .flat()
    .map((definition) => [definition.name, definition]),
);

/** The function of that name, whatever its case; undefined for one that Snowflake does not have: then it is the user's own, or unknown. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return FUNCTIONS.get(name.toUpperCase());
}
