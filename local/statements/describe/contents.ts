import { INFORMATION_SCHEMA, informationSchema } from "../../catalogue/catalogue";
import type { DatabaseDoc, ObjectDoc, ObjectKind, SchemaDoc } from "../../catalogue/model";
import { kindText } from "../../catalogue/model";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { timestampLtz, varchar } from "../../types/dataType";
import { compareText, isListed } from "../show/scope";
import { viewsOfInformationSchema } from "../show/systemViewDocs";
import { columnOf, encodeCell } from "../show/table";

const COLUMNS = [
  { name: "created_on", type: timestampLtz(3) },
  { name: "name", type: varchar() },
  { name: "kind", type: varchar() },
];

export const contentsResult = (docs: ObjectDoc[]): StatementResult => ({
  columns: COLUMNS.map(columnOf),
  rows: docs.map((doc) => [encodeCell(timestampLtz(3), doc.createdOn), doc.name, kindText(doc.kind)]),
});

export function describeDatabase(context: ExecutionContext, doc: DatabaseDoc): StatementResult {
  const schemas = context.catalogue.children("SCHEMA", doc.id).filter((s) => isListed(context, s));
  return contentsResult(
    [...schemas, informationSchema(doc.id, doc.createdOn)].sort((a, b) => compareText(a.name, b.name)),
  );
}

const IN_SCHEMA: ObjectKind[] = ["TABLE", "VIEW", "MATERIALIZED_VIEW", "DYNAMIC_TABLE"];

export function describeSchema(context: ExecutionContext, doc: SchemaDoc): StatementResult {
  if (doc.name === INFORMATION_SCHEMA) return contentsResult(viewsOfInformationSchema(doc));
  const docs = IN_SCHEMA.flatMap((kind) => context.catalogue.children(kind, doc.id) as ObjectDoc[]);
  return contentsResult(docs.filter((d) => isListed(context, d)).sort((a, b) => compareText(a.name, b.name)));
}
