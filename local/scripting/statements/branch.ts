import type { CaseStatement, If } from "../../../dialect/index";
import { SnowflakeError } from "../../errors";
import type { Interpreter } from "../interpreter";
import type { Scope } from "../scope";
import type { Signal } from "../signal";

export async function runIf(
  interpreter: Interpreter,
  { branches, otherwise }: If,
  scope: Scope,
): Promise<Signal | undefined> {
  for (const { condition, statements } of branches) {
    if (await interpreter.isTrue(condition, scope)) return interpreter.statements(statements, scope.child());
  }
  return otherwise && interpreter.statements(otherwise, scope.child());
}

/** Simple (`CASE (x) WHEN 1`) or searched; without a match and without ELSE it is an error. */
export async function runCase(
  interpreter: Interpreter,
  { operand, branches, otherwise }: CaseStatement,
  scope: Scope,
): Promise<Signal | undefined> {
  for (const { condition, statements } of branches) {
    const test = operand
      ? ({ kind: "Binary", span: condition.span, operator: "=", left: operand, right: condition } as const)
      : condition;
    if (await interpreter.isTrue(test, scope)) return interpreter.statements(statements, scope.child());
  }
  if (!otherwise) throw new SnowflakeError("100132", "P0000", "CASE statement: no WHEN matched and there is no ELSE.");
  return interpreter.statements(otherwise, scope.child());
}
