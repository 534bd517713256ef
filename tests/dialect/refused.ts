import assert from "node:assert/strict";
import { parseStatements } from "../../dialect/index";

/** Statement, message behind `SQL compilation error:`, column from 1. */
export type Refused = [sql: string, message: string, column: number];

/** Each is refused with its message at its column. */
export function areRefused(cases: readonly Refused[]): void {
  for (const [sql, message, column] of cases)
    it(sql, () => {
      const [error] = parseStatements(sql).errors;
      assert.equal(error?.message, `SQL compilation error:${message}`);
      assert.equal(error?.column, column);
    });
}

export function areRead(statements: readonly string[]): void {
  for (const sql of statements) it(sql, () => assert.deepEqual(parseStatements(sql).errors, []));
}
