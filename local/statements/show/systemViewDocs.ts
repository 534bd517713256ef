import type { Show } from "../../../dialect/index";
import type { ViewDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { informationSchemaViews } from "../../systemViews/index";
import { schemasInScope } from "./scope";

/** The views of INFORMATION_SCHEMA where SHOW looks into that schema alone; no catalogue holds them. */
export function systemViewDocs(context: ExecutionContext, statement: Show): ViewDoc[] {
  const schemas = schemasInScope(context, statement);
  const [schema] = schemas;
  if (schemas.length !== 1 || schema?.name !== "INFORMATION_SCHEMA") return [];
  return informationSchemaViews().map((name) => ({
    kind: "VIEW",
    id: schema.id,
    parentId: schema.id,
    ownerId: null,
    createdOn: schema.createdOn,
    name,
    columns: [],
    text: "",
    query: "",
  }));
}
