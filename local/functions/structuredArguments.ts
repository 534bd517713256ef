import { unsupportedArgumentType, unsupportedFeature } from "../errors";
import { type DataType, isStructured, sqlName } from "../types/dataType";

/** What these give does not depend on the type of the elements. */
const OF_STRUCTURED: ReadonlySet<string> = new Set([
  "ARRAY_CONTAINS", "ARRAY_POSITION", "ARRAY_SIZE", "OBJECT_KEYS", "MAP_CAT", "MAP_CONTAINS_KEY", "MAP_ENTRIES", "MAP_DELETE", "MAP_INSERT", "MAP_KEYS",
  "MAP_PICK", "MAP_SIZE", "TO_ARRAY", "TO_OBJECT", "TO_VARIANT",
]); // biome-ignore format: one list

/** Those that Snowflake itself keeps from structured types; a cast to VARIANT, OBJECT or ARRAY opens them. */
const BUILDERS: ReadonlySet<string> = new Set([
  "ARRAY_CONSTRUCT",
  "ARRAY_CONSTRUCT_COMPACT",
  "OBJECT_CONSTRUCT",
  "OBJECT_CONSTRUCT_KEEP_NULL",
]);
const NOT_OF_STRUCTURED: ReadonlySet<string> = new Set([
  "ARRAY_AGG",
  "ARRAY_UNIQUE_AGG",
  "ARRAY_TO_STRING",
  "OBJECT_AGG",
  "TO_JSON",
  "TO_XML",
  "TYPEOF",
]);

/** Refuses a structured argument where the function has none; `fail` complains of its arguments. */
export function refuseStructured(name: string, type: DataType, fail: () => never): void {
  if (!isStructured(type) || OF_STRUCTURED.has(name)) return;
  if (BUILDERS.has(name)) throw unsupportedArgumentType(name, sqlName(type));
  if (NOT_OF_STRUCTURED.has(name) || /^(AS|IS)_/.test(name)) fail();
  throw unsupportedFeature(`${name} of ${sqlName(type)}`);
}
