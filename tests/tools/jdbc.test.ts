import assert from "node:assert/strict";
import { join } from "node:path";
import { startServer } from "../local/support";
import { facts, jarOf, runTool } from "./support";

const DRIVER = "net.snowflake:snowflake-jdbc:4.4.1";

describe("Java programs, unmodified", function () {
  this.timeout(600_000);

  it("JDBC: types in both formats, counts, batches, many rows, metadata, transactions, files", async function () {
    const jar = await jarOf(DRIVER);
    if (typeof jar === "string") {
      console.log(`      skipped ${DRIVER}: ${jar}`);
      return this.skip();
    }
    const server = await startServer();
    const program = ["-Duser.timezone=UTC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp", jar.file];
    const output = await runTool(server, "java", [...program, join(__dirname, "jdbc", "Program.java")]).finally(() =>
      server.close(),
    );
    const types = [
      ...["NUMBER", "VARCHAR", "NUMBER", "BOOLEAN", "VARCHAR", "DATE", "TIME", "TIMESTAMPNTZ", "TIMESTAMPTZ", "BINARY"],
      ...["VARIANT", "DOUBLE"],
    ];
    const values = [
      ...["1", "text", "1.50", "TRUE", null, "2026-01-02", "01:02:03", "2026-01-02 03:04:05.123"],
      ...["2026-01-02 03:04:05.000 +0200", "FF00", '{\n  "a": 1\n}', "1.5"],
    ];
    assert.deepEqual(facts(output), {
      typesARROW: types,
      valuesARROW: values,
      typesJSON: types,
      valuesJSON: values,
      ddl: [false, 0],
      inserted: 1,
      binds: [3, "text"],
      batch: 499,
      updates: [1, 1, 0],
      sums: [500, 125250, 500],
      error: [2003, "42S02", true],
      large: 50_000,
      columns: ["N", "T", "AT"],
      tables: ["T"],
      rollback: 500,
      put: [["UPLOADED"], ["SKIPPED"]],
      staged: ["a", "b"],
      got: ["DOWNLOADED", "1,a\n2,b\n"],
    });
  });
});
