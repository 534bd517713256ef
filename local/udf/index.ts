import type { EngineConnection } from "../store/connection";
import { datetimeFunctions } from "./datetime/functions";
import { arrayEngineFunctions } from "./json/arrays";
import { jsonFunctions } from "./json/functions";
import { structureFunctions } from "./json/structure";
import { numericFunctions } from "./numeric/functions";
import { register } from "./scalarFunction";

/** Makes the JavaScript functions that translated SQL calls known to the engine; once per database instance. */
export async function registerUdfs(connection: EngineConnection): Promise<void> {
  for (const fn of [
    ...jsonFunctions,
    ...arrayEngineFunctions,
    ...structureFunctions,
    ...datetimeFunctions,
    ...numericFunctions,
  ])
    register(connection.raw, fn);
}
