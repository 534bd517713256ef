import assert from "node:assert/strict";
import { columnLineage, objectAccess, parseStatement, visit, volatility } from "../../../dialect/index";
import { allStatements } from "../corpus";

describe("every statement of the corpus", () => {
  it("tells its objects inside its own text", () => {
    let found = 0;
    for (const sql of allStatements()) {
      const { uses, opaque } = objectAccess(parseStatement(sql));
      for (const { span } of [...uses, ...opaque]) assert.ok(span.start >= 0 && span.end <= sql.length, sql);
      found += uses.length;
    }
    assert.ok(found > 1500, String(found));
  });
  it("tells the lineage and volatility of its queries", () => {
    let found = 0;
    for (const sql of allStatements())
      visit(parseStatement(sql), {
        Query(query) {
          found += columnLineage(query, () => undefined).columns.length;
          assert.ok(["IMMUTABLE", "STABLE", "VOLATILE", "UNKNOWN"].includes(volatility(query).volatility));
        },
      });
    assert.ok(found > 600, String(found));
  });
});
