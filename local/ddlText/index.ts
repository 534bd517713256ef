import type { ObjectDoc } from "../catalogue/model";
import { databaseText, schemaText, warehouseText } from "./containers";
import type { DdlContext } from "./namer";
import { routineText } from "./routines";
import { alertText, fileFormatText, sequenceText, streamText, tagText, taskText } from "./schemaObjects";
import { dynamicTableText, tableText, viewText } from "./tables";

/**
 * The statement that makes the object again, as GET_DDL prints it; undefined for kinds that it does not know. `seen` tells
 * which objects inside a database or schema belong to the answer.
 */
export function ddlText(context: DdlContext, doc: ObjectDoc, seen: (doc: ObjectDoc) => boolean): string | undefined {
  const textOf = (inner: ObjectDoc) => ddlText(context, inner, seen);
  switch (doc.kind) {
    case "DATABASE":
      return databaseText(context, doc, seen, textOf);
    case "SCHEMA":
      return schemaText(context, doc, seen, textOf);
    case "WAREHOUSE":
      return warehouseText(context, doc);
    case "TABLE":
      return tableText(context, doc);
    case "VIEW":
    case "MATERIALIZED_VIEW":
      return viewText(context, doc);
    case "DYNAMIC_TABLE":
      return dynamicTableText(context, doc);
    case "SEQUENCE":
      return sequenceText(context, doc);
    case "FILE_FORMAT":
      return fileFormatText(context, doc);
    case "STREAM":
      return streamText(context, doc);
    case "TASK":
      return taskText(context, doc);
    case "ALERT":
      return alertText(context, doc);
    case "TAG":
      return tagText(context, doc);
    case "PROCEDURE":
    case "FUNCTION":
      return routineText(context, doc);
    default:
      return undefined;
  }
}
