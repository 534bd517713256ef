import { type Statement, visit } from "../../dialect/index";
import type { Answer } from "../history/requestLog";
import { rowType, successAnswer } from "../results/answer";
import { handlerOf } from "../statements/index";
import { listPivotValues } from "../translate/query/dynamicPivot";
import { varchar } from "../types/dataType";
import type { StatementContext } from "./executionContext";
import { statementTypeOf } from "./statementType";

/** What is prepared: the columns that its first statement would answer with and how many values all of it wants. */
export async function describe(context: StatementContext, statements: Statement[], baseUrl: string): Promise<Answer> {
  const statement = statements[0] as Statement;
  const listed = await listPivotValues(context, statement);
  const columns = (await handlerOf(listed).describe?.(context, listed)) ?? [
    { name: "status", type: varchar(), nullable: true },
  ];
  const answer = successAnswer(context, { columns, rows: [], statementTypeId: statementTypeOf(statement) }, baseUrl);
  const numberOfBinds = Math.max(...statements.map(placeholderCount));
  // Whatever they are compared with, they are texts.
  const metaDataOfBinds = rowType(
    Array.from({ length: numberOfBinds }, (_, i) => ({ name: String(i + 1), type: varchar(), nullable: false })),
  );
  const facts = { numberOfBinds, metaDataOfBinds, arrayBindSupported: statement.kind === "Insert" };
  return { ...answer, data: { ...(answer.data as object), ...facts } };
}

function placeholderCount(statement: Statement): number {
  let count = 0;
  visit(statement, {
    BindPlaceholder: ({ index }) => {
      count = Math.max(count, index + 1);
    },
    BindVariable: ({ name }) => {
      if (/^\d+$/.test(name.value)) count = Math.max(count, Number(name.value));
    },
  });
  return count;
}
