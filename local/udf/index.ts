import { javascriptFunctions } from "../javascript/function";
import type { EngineConnection } from "../store/connection";
import { calendarFunctions } from "./datetime/calendar";
import { datetimeFunctions } from "./datetime/functions";
import { decfloatFunctions } from "./decfloat/functions";
import { intervalFunctions } from "./interval/functions";
import { arrayEngineFunctions } from "./json/arrays";
import { jsonFunctions } from "./json/functions";
import { objectEngineFunctions } from "./json/objects";
import { structureFunctions } from "./json/structure";
import { bitmapFunctions } from "./numeric/bitmap";
import { bitFunctions } from "./numeric/bits";
import { numericFunctions } from "./numeric/functions";
import { mathFunctions } from "./numeric/maths";
import { randomFunctions } from "./numeric/random";
import { raiseFunctions } from "./raise";
import { rowFunctions } from "./rows/functions";
import { register } from "./scalarFunction";
import { hyperLogLogFunctions } from "./sketches/hyperLogLog";
import { percentileStateFunctions } from "./sketches/percentiles";
import { topValueFunctions } from "./sketches/topValues";
import { addressFunctions } from "./text/addresses";
import { compressionFunctions } from "./text/compression";
import { encodingFunctions } from "./text/encoding";
import { encryptionFunctions } from "./text/encryption";
import { fullTextFunctions } from "./text/fullText";
import { regexFunctions } from "./text/regex";
import { stringEngineFunctions } from "./text/strings";
import { vectorFunctions } from "./vector/functions";
import { xmlFunctions } from "./xml/functions";

/** Makes the JavaScript functions that translated SQL calls known to the engine; once per database instance. */
export async function registerUdfs(connection: EngineConnection): Promise<void> {
  for (const fn of [
    ...jsonFunctions,
    ...arrayEngineFunctions,
    ...objectEngineFunctions,
    ...regexFunctions,
    ...structureFunctions,
    ...datetimeFunctions,
    ...numericFunctions,
    ...decfloatFunctions,
    ...intervalFunctions,
    ...raiseFunctions,
    ...mathFunctions,
    ...randomFunctions,
    ...bitFunctions,
    ...bitmapFunctions,
    ...calendarFunctions,
    ...vectorFunctions,
    ...xmlFunctions,
    ...stringEngineFunctions,
    ...compressionFunctions,
    ...encodingFunctions,
    ...encryptionFunctions,
    ...fullTextFunctions,
    ...addressFunctions,
    ...javascriptFunctions,
    ...rowFunctions,
    ...hyperLogLogFunctions,
    ...percentileStateFunctions,
    ...topValueFunctions,
  ])
    register(connection.raw, fn);
}
