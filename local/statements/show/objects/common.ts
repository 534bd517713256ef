import type { ObjectDoc } from "../../../catalogue/model";
import { databaseName, ownerName, ownerRoleType, schemaName } from "../scope";
import { moment, text } from "../table";

/** Columns that many lists have. */
export const createdOn = moment<ObjectDoc>("created_on", (doc) => doc.createdOn);
export const droppedOn = moment<ObjectDoc>("dropped_on", (doc) => doc.droppedOn);
export const name = text<ObjectDoc>("name", (doc) => doc.name);
export const database = text<ObjectDoc>("database_name", (doc, context) => databaseName(context, doc));
export const schema = text<ObjectDoc>("schema_name", (doc, context) => schemaName(context, doc));
export const owner = text<ObjectDoc>("owner", (doc, context) => ownerName(context, doc));
export const ownerType = text<ObjectDoc>("owner_role_type", (doc, context) => ownerRoleType(context, doc));
export const comment = text<ObjectDoc>("comment", (doc) => ("comment" in doc ? (doc.comment ?? "") : ""));
export const yesNo = (value: unknown): string => (value ? "Y" : "N");
export const onOff = (value: unknown): string => (value ? "ON" : "OFF");
export const TERSE = ["created_on", "name", "kind", "database_name", "schema_name"] as const;
