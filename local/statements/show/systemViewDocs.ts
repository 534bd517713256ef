import type { Show } from "../../../dialect/index";
import { INFORMATION_SCHEMA } from "../../catalogue/catalogue";
import type { SchemaDoc, ViewDoc } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import { informationSchemaViews } from "../../systemViews/index";
import { schemasInScope } from "./scope";

/** The views of one INFORMATION_SCHEMA; no catalogue holds them, and they are as old as time. */
export const viewsOfInformationSchema = (schema: SchemaDoc): ViewDoc[] =>
  informationSchemaViews().map((name) => ({
    kind: "VIEW",
    id: schema.id,
    parentId: schema.id,
    ownerId: null,
    createdOn: 0,
    name,
    columns: [],
    text: "",
    query: "",
  }));

/** The views of INFORMATION_SCHEMA where SHOW looks into that schema alone. */
export function systemViewDocs(context: ExecutionContext, statement: Show): ViewDoc[] {
  const schemas = schemasInScope(context, statement);
  const [schema] = schemas;
  if (schemas.length !== 1 || schema?.name !== INFORMATION_SCHEMA) return [];
  return viewsOfInformationSchema(schema);
}
