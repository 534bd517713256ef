import assert from "node:assert/strict";
import { join } from "node:path";
import { allStatements, lines, wrongFamilies } from "../corpus";
import { REASONS } from "./reasons";

interface Sdk {
  init?(): Promise<void>;
  parse(sql: string, dialect: string): { success: boolean };
}

/** Lines of `refuses | accepts`, a reason and the statement. */
const listed = lines(join(__dirname, "disagreements.tsv")).map((line) => {
  const [verdict = "", reason = "", ...sql] = line.split("\t");
  return { verdict: verdict as "refuses" | "accepts", reason, sql: sql.join("\t") };
});

const list = (verdict: string): string[] =>
  listed
    .filter((line) => line.verdict === verdict)
    .map(({ sql }) => sql)
    .sort();

const distinct = (statements: string[]): string[] => [...new Set(statements)].sort();

describe("a second parser of Snowflake SQL, @polyglot-sql/sdk,", () => {
  let accepts: (sql: string) => boolean;
  before(async () => {
    const sdk = (await import("@polyglot-sql/sdk")) as unknown as Sdk;
    await sdk.init?.();
    accepts = (sql) => sdk.parse(sql, "snowflake").success;
  });

  it("reads the statements of the corpus but for those that are listed", () => {
    const refused = allStatements().filter((sql) => !accepts(sql.replace(/;$/, "")));
    assert.deepEqual(distinct(refused), list("refuses"));
  });

  it("refuses the wrong statements but for those that are listed", () => {
    const accepted = wrongFamilies().flatMap(({ statements }) => statements.map(({ sql }) => sql).filter(accepts));
    assert.deepEqual(distinct(accepted), list("accepts"));
  });

  it("disagrees for reasons that are known, each of which has its statements", () => {
    for (const verdict of ["refuses", "accepts"] as const) {
      const used = new Set(listed.filter((line) => line.verdict === verdict).map(({ reason }) => reason));
      assert.deepEqual([...used].sort(), Object.keys(REASONS[verdict]).sort());
    }
  });
});
