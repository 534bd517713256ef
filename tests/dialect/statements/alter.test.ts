import assert from "node:assert/strict";
import type { Alter } from "../../../dialect/index";
import { parseStatement } from "../../../dialect/index";

function alter(sql: string): Alter {
  const statement = parseStatement(sql);
  assert.ok(statement.kind === "Alter", statement.kind);
  return statement;
}

const actions = (sql: string): string[] => alter(sql).actions.map(({ kind }) => kind);

describe("ALTER", () => {
  it("lists the changes of several columns one by one", () => {
    assert.deepEqual(actions("ALTER TABLE t ALTER (a DROP DEFAULT, COLUMN b SET NOT NULL, c TYPE VARCHAR(3))"), [
      "AlterColumn",
      "AlterColumn",
      "AlterColumn",
    ]);
  });

  it("parts tags from the columns behind them", () => {
    assert.deepEqual(actions("ALTER TABLE t MODIFY COLUMN a SET TAG x = 'y', d.s.z = 'q', COLUMN b SET TAG x = 'y'"), [
      "AlterColumn",
      "AlterColumn",
    ]);
  });

  it("changes one policy for another", () => {
    assert.deepEqual(actions("ALTER TABLE t DROP ROW ACCESS POLICY p, ADD ROW ACCESS POLICY q ON (a)"), [
      "PolicyAction",
      "PolicyAction",
    ]);
  });

  it("refreshes several dynamic tables at once", () => {
    const statement = alter("ALTER DYNAMIC TABLE IF EXISTS a, s.b REFRESH COPY SESSION");
    assert.equal(statement.furtherNames?.length, 1);
    assert.deepEqual(actions("ALTER DYNAMIC TABLE a, b REFRESH"), ["Action"]);
  });

  it("needs no name for the warehouse in use", () => {
    assert.equal(alter("ALTER WAREHOUSE RESUME IF SUSPENDED").name, undefined);
    assert.notEqual(alter("ALTER WAREHOUSE w RESUME").name, undefined);
  });

  it("keeps an action without a tree by its words", () => {
    const [action] = alter(
      "ALTER SEMANTIC VIEW v ADD MATERIALIZATION m WAREHOUSE = w AS DIMENSIONS a METRICS b",
    ).actions;
    assert.ok(action?.kind === "UnmodelledAction");
    assert.ok(action.words.startsWith("ADD MATERIALIZATION"));
  });

  it("refuses words that are no action", () => {
    assert.throws(() => parseStatement("ALTER TABLE t FROBNICATE x"), {
      message: "SQL compilation error:\nsyntax error line 1 at position 14 unexpected 'FROBNICATE'.",
    });
  });
});
