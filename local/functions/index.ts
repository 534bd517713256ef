import { findFunction } from "../../dialect/functions/index";
import { aggregateFunctions } from "./aggregate";
import { alertFunctions } from "./alerts";
import { approximateFunctions } from "./approximate";
import { arrayFunctions } from "./array";
import { bitwiseFunctions } from "./bitwise";
import type { FunctionEntry, FunctionTable } from "./call";
import { cancelFunctions } from "./cancel";
import { compressionFunctions } from "./compression";
import { conditionalFunctions } from "./conditional";
import { contextFunctions } from "./context";
import { conversionFunctions } from "./conversion";
import { dataGenerationFunctions } from "./dataGeneration";
import { dateCalendarFunctions } from "./dateCalendar";
import { dateConstructionFunctions } from "./dateConstruction";
import { dateExtractionFunctions } from "./dateExtraction";
import { dateTimeFunctions } from "./dateTime";
import { encodingFunctions } from "./encoding";
import { encryptionFunctions } from "./encryption";
import { fullTextFunctions } from "./fullText";
import { ddlFunctions } from "./getDdl";
import { groupFunctions } from "./groups";
import { hashFunctions } from "./hash";
import { lambdaFunctions } from "./lambdas";
import { mapFunctions } from "./map";
import { numericFunctions } from "./numeric";
import { objectFunctions } from "./object";
import { percentileFunctions } from "./percentiles";
import { pipeFunctions } from "./pipes";
import { platformFunctions } from "./platform";
import { regexFunctions } from "./regex";
import { semiStructuredFunctions } from "./semiStructured";
import { statisticFunctions } from "./statistics";
import { streamFunctions } from "./streams";
import { stringFunctions } from "./string";
import { tagFunctions } from "./tags";
import { taskFunctions } from "./tasks";
import { telemetryFunctions } from "./telemetry";
import { textPartFunctions } from "./textParts";
import { transactionFunctions } from "./transactions";
import { variantTypeFunctions } from "./variantTypes";
import { vectorFunctions } from "./vector";
import { waitFunctions } from "./wait";
import { windowFunctions } from "./window";
import { xmlFunctions } from "./xml";

const FUNCTIONS: FunctionTable = {
  ...stringFunctions,
  ...textPartFunctions,
  ...compressionFunctions,
  ...encodingFunctions,
  ...encryptionFunctions,
  ...fullTextFunctions,
  ...regexFunctions,
  ...numericFunctions,
  ...conditionalFunctions,
  ...conversionFunctions,
  ...dateTimeFunctions,
  ...dateConstructionFunctions,
  ...dateExtractionFunctions,
  ...dateCalendarFunctions,
  ...bitwiseFunctions,
  ...semiStructuredFunctions,
  ...arrayFunctions,
  ...objectFunctions,
  ...mapFunctions,
  ...hashFunctions,
  ...contextFunctions,
  ...aggregateFunctions,
  ...percentileFunctions,
  ...statisticFunctions,
  ...groupFunctions,
  ...approximateFunctions,
  ...dataGenerationFunctions,
  ...lambdaFunctions,
  ...variantTypeFunctions,
  ...windowFunctions,
  ...vectorFunctions,
  ...xmlFunctions,
  ...streamFunctions,
  ...transactionFunctions,
  ...telemetryFunctions,
  ...waitFunctions,
  ...cancelFunctions,
  ...alertFunctions,
  ...pipeFunctions,
  ...platformFunctions,
  ...tagFunctions,
  ...taskFunctions,
  ...ddlFunctions,
};

/** The translation of a function; undefined when there is none here. */
export const functionEntry = (name: string): FunctionEntry | undefined =>
  Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;

/** Snowflake has a function of this name, whether or not it can be run here. */
export const isKnownFunction = (name: string): boolean => findFunction(name) !== undefined;
