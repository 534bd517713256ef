import type { EngineConnection } from "../store/connection";
import { datetimeFunctions } from "./datetime/functions";
import { arrayEngineFunctions } from "./json/arrays";
import { jsonFunctions } from "./json/functions";
import { objectEngineFunctions } from "./json/objects";
import { structureFunctions } from "./json/structure";
import { numericFunctions } from "./numeric/functions";
import { register } from "./scalarFunction";
import { regexFunctions } from "./text/regex";

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
  ])
    register(connection.raw, fn);
}
