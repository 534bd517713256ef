import type { ColumnDoc, RelationDoc } from "../../catalogue/model";
import { statementNotFound } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import { fullName } from "../../names/print";
import { columnTypeName, varchar } from "../../types/dataType";
import { identityText } from "../show/objects/columns";
import { columnOf } from "../show/table";

const NAMES = [
  "name",
  "type",
  "kind",
  "null?",
  "default",
  "primary key",
  "unique key",
  "check",
  "expression",
  "comment",
  "policy name",
  "privacy domain",
];

const columns = (names: string[]) => names.map((name) => columnOf({ name, type: varchar() }));
const yesNo = (value: unknown): string => (value ? "Y" : "N");

const policyName = ({ catalogue }: ExecutionContext, { maskingPolicy }: ColumnDoc): string | null => {
  const policy = maskingPolicy && catalogue.get("MASKING_POLICY", maskingPolicy.policyId);
  return policy ? fullName(catalogue, policy) : null;
};

const describe = (context: ExecutionContext, c: ColumnDoc): (string | null)[] => [
  c.name,
  columnTypeName(c.type),
  "COLUMN",
  yesNo(c.nullable),
  c.defaultText ?? identityText(c) ?? null,
  yesNo(c.primaryKey),
  yesNo(c.uniqueKey),
  null,
  null,
  c.comment ?? null,
  policyName(context, c),
  null,
];

/** DESCRIBE TABLE | VIEW | DYNAMIC TABLE: one row a column. */
export function describeColumns(
  context: ExecutionContext,
  doc: Pick<RelationDoc, "kind" | "columns">,
): StatementResult {
  const rows = doc.columns.map((column) => describe(context, column));
  if (doc.kind === "VIEW" || doc.kind === "MATERIALIZED_VIEW") return { columns: columns(NAMES), rows };
  return {
    columns: columns([...NAMES.slice(0, -1), "schema evolution record", "privacy domain"]),
    rows: rows.map((row) => [...row, null]),
  };
}

/** DESCRIBE RESULT: the columns of an earlier statement's answer to the same user. */
export function describeResult(context: ExecutionContext, queryId: string): StatementResult {
  const result = context.services.results.get(queryId, context.session.userId);
  if (!result) throw statementNotFound(queryId);
  return {
    columns: columns(NAMES.slice(0, 10)),
    rows: result.columns.map((c) => [
      c.name,
      columnTypeName(c.type),
      "COLUMN",
      yesNo(c.nullable),
      null,
      "N",
      "N",
      null,
      null,
      null,
    ]),
  };
}
