import type { ObjectType } from "../../ast/index";
import { ACCOUNTS } from "./accounts";
import { APPLICATIONS } from "./applications";
import { COMPUTE } from "./compute";
import { CONTAINERS } from "./containers";
import { FILES } from "./files";
import { INTEGRATION, INTEGRATIONS } from "./integrations";
import { PIPELINES } from "./pipelines";
import { POLICIES } from "./policies";
import type { PropertyTable } from "./propertyTable";
import { ROUTINES } from "./routines";
import { TABLES } from "./tables";

const OF_TYPE: ReadonlyMap<ObjectType, PropertyTable> = new Map(
  [ACCOUNTS, APPLICATIONS, COMPUTE, CONTAINERS, FILES, INTEGRATIONS, PIPELINES, POLICIES, ROUTINES, TABLES].flatMap(
    (tables) => Object.entries(tables),
  ),
);

/** The properties that a kind of object has; undefined where they are not written down here. */
export function propertiesOf(objectType: ObjectType): PropertyTable | undefined {
  return OF_TYPE.get(objectType) ?? (objectType.endsWith("INTEGRATION") ? INTEGRATION : undefined);
}
