import { FLOAT } from "../types/dataType";
import { type Call, COUNT_TYPE, type FunctionTable, windowed } from "./call";

const ranking = (fn: string) =>
  windowed(0, 0, (call) => call.result(`(${fn}()${call.clauses.over})::DECIMAL(18,0)`, COUNT_TYPE, false));

/** LAG and LEAD with a constant or computed distance, and a default of the value's own type. */
function shifted(call: Call, fn: "lag" | "lead") {
  const value = call.arg(0);
  const ignore = call.node.nullTreatment === "IGNORE NULLS" ? " IGNORE NULLS" : "";
  const distance = call.has(1) ? `, ${call.int(1)}` : "";
  const fallback = call.has(2) ? `, ${call.to(2, value.type).sql}` : "";
  return call.result(`${fn}(${value.sql}${distance}${fallback}${ignore})${call.clauses.over}`, value.type, true);
}

const positioned = (fn: string) =>
  windowed(
    1,
    1,
    (call) => {
      const ignore = call.node.nullTreatment === "IGNORE NULLS" ? " IGNORE NULLS" : "";
      return call.result(`${fn}(${call.arg(0).sql}${ignore})${call.clauses.over}`, call.arg(0).type, true);
    },
    { frame: "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING" },
  );

export const windowFunctions: FunctionTable = {
  ROW_NUMBER: ranking("row_number"),
  RANK: ranking("rank"),
  DENSE_RANK: ranking("dense_rank"),
  PERCENT_RANK: windowed(0, 0, (call) => call.result(`percent_rank()${call.clauses.over}`, FLOAT, false)),
  CUME_DIST: windowed(0, 0, (call) => call.result(`cume_dist()${call.clauses.over}`, FLOAT, false)),
  LAG: windowed(1, 3, (call) => shifted(call, "lag")),
  LEAD: windowed(1, 3, (call) => shifted(call, "lead")),
  FIRST_VALUE: positioned("first_value"),
  LAST_VALUE: positioned("last_value"),
};
