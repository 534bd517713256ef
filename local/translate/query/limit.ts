import type { Expression, Limit } from "../../../dialect/index";
import { compilationError } from "../../errors";
import type { Binder } from "../binder";

/** ` LIMIT n OFFSET m` or empty. NULL means no limit. */
export function limitSql(binder: Binder, limit: Limit | undefined, top?: Expression): string {
  const count = top ? rowCount(binder, top) : limit?.count ? rowCount(binder, limit.count) : undefined;
  const offset = limit?.offset ? rowCount(binder, limit.offset) : undefined;
  return `${count === undefined ? "" : ` LIMIT ${count}`}${offset ? ` OFFSET ${offset}` : ""}`;
}

function rowCount(binder: Binder, expression: Expression): string | undefined {
  const value = binder.expression(expression);
  if (value.literal?.kind === "null") return undefined;
  const text = value.literal?.text ?? "";
  if (value.literal && text === "") return undefined;
  if (!value.literal || !/^\d+$/.test(text)) {
    throw compilationError(
      "001003",
      "42000",
      `invalid row count '${text || binder.source(expression.span)}' in a limit clause; expected a non-negative integer constant`,
    );
  }
  return text;
}
