import assert from "node:assert/strict";
import { join } from "node:path";
import { parseQuery, refreshability } from "../../dialect/index";
import { lines } from "./corpus";

/**
 * The mode and the query: INCREMENTAL, FULL where only a full refresh supports it, NONE where no refresh does, as
 * https://docs.snowflake.com/en/user-guide/dynamic-tables/supported-queries says.
 */
const QUERIES = lines(join(__dirname, "supportedQueries.tsv")).map((line) => line.split("\t") as [string, string]);

const of = (wanted: string): string[] => QUERIES.filter(([mode]) => mode === wanted).map(([, query]) => query);

describe("queries that refresh incrementally", () => {
  for (const sql of of("INCREMENTAL")) it(sql, () => assert.deepEqual(refreshability(parseQuery(sql)).reasons, []));
});

describe("queries that a full refresh supports and an incremental one does not", () => {
  for (const sql of of("FULL"))
    it(sql, () => {
      const { mode, reasons } = refreshability(parseQuery(sql));
      assert.equal(mode, "FULL");
      assert.ok(reasons.every(({ supportedInFull }) => supportedInFull));
      for (const { span, message, fix } of reasons) {
        assert.ok(span.start < span.end && span.end <= sql.length);
        assert.match(message, /\.$/);
        assert.match(fix, /\.$/);
      }
    });
});

describe("queries that no refresh supports", () => {
  for (const sql of of("NONE"))
    it(sql, () => {
      const { mode, reasons } = refreshability(parseQuery(sql));
      assert.equal(mode, "FULL");
      assert.ok(reasons.some(({ supportedInFull }) => !supportedInFull));
    });
});
