import type { Drop } from "../../../dialect/index";
import { doesNotExistOrNotAuthorized, SnowflakeError } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { type StatementResult, statusResult } from "../../execution/result";
import { nameParts } from "../../names/parts";
import { printName, resolvePlace } from "../../names/resolve";
import { isVisible } from "../../privileges/index";
import { titleOf } from "./support/target";

/** Kinds that share their names with tables and views. */
const RELATIONS: ReadonlySet<string> = new Set(["EXTERNAL TABLE", "ICEBERG TABLE", "EVENT TABLE"]);

const IN_SCHEMAS: ReadonlySet<string> = new Set([
  "AGENT",
  "AGGREGATION POLICY",
  "CONTACT",
  "CORTEX SEARCH SERVICE",
  "DATASET",
  "DBT PROJECT",
  "GIT REPOSITORY",
  "IMAGE REPOSITORY",
  "JOIN POLICY",
  "MODEL",
  "NOTEBOOK",
  "PACKAGES POLICY",
  "PRIVACY POLICY",
  "PROJECTION POLICY",
  "SEMANTIC VIEW",
  "SERVICE",
  "SESSION POLICY",
]);

const OF_ACCOUNT: ReadonlySet<string> = new Set([
  "APPLICATION",
  "APPLICATION PACKAGE",
  "CATALOG INTEGRATION",
  "COMPUTE POOL",
  "EXTERNAL VOLUME",
  "FAILOVER GROUP",
  "REPLICATION GROUP",
]);

/** Whether objects of a kind cannot be made here, so that none is ever there to be dropped. */
export const isAbsentKind = (type: string): boolean =>
  RELATIONS.has(type) || IN_SCHEMAS.has(type) || OF_ACCOUNT.has(type);

/**
 * DROP of a kind that cannot be made here: as for any object that is not there. IF EXISTS forgives that, but neither a
 * schema that is missing nor a relation of another kind under the name.
 */
export function dropAbsent(
  context: ExecutionContext,
  { objectType, name, ifExists }: Pick<Drop, "objectType" | "name" | "ifExists">,
): StatementResult {
  const own = nameParts(context, name).at(-1) as string;
  let printed = printName(own);
  if (!OF_ACCOUNT.has(objectType)) {
    const place = resolvePlace(context, name, "DROP");
    printed = printName(place.database.name, place.schema.name, place.name);
    const found = RELATIONS.has(objectType)
      ? context.catalogue.relation(place.schema.id, place.name, context.session.id)
      : undefined;
    if (found && isVisible(context, found))
      throw new SnowflakeError(
        "002203",
        "02000",
        `SQL compilation error: Object found is of type '${found.kind}', not specified type '${objectType.replaceAll(" ", "_")}'.`,
      );
  }
  if (!ifExists) throw doesNotExistOrNotAuthorized(titleOf(objectType), printed);
  return statusResult(`Drop statement executed successfully (${own} already dropped).`);
}
