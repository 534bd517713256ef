import assert from "node:assert/strict";
import { join } from "node:path";
import type { LocalServer } from "../../local/index";
import { connect, disconnect, query, startServer } from "../local/support";
import { facts, pythonWith, runTool } from "./support";

const PACKAGES = ["snowflake-connector-python==5.2.0", "snowflake-sqlalchemy==2.1.0"];

describe("Python programs, unmodified", function () {
  this.timeout(600_000);
  let server: LocalServer;
  let python: string;

  before(async function () {
    const environment = await pythonWith("connector", PACKAGES);
    if (typeof environment === "string") {
      console.log(`      skipped ${PACKAGES.join(", ")}: ${environment}`);
      this.skip();
    }
    python = join(environment.bin, "python");
    server = await startServer();
  });

  after(() => server?.close());

  it("the connector: types, binds, many rows, async, several statements, large results, transactions", async () => {
    assert.deepEqual(facts(await runTool(server, python, [join(__dirname, "python", "connector.py")])), {
      types: [
        ...["int", "str", "Decimal", "bool", "NoneType", "date", "time", "datetime", "datetime", "bytearray", "str"],
      ],
      values: [
        "1",
        "text",
        "1.5",
        "True",
        "None",
        "2026-01-02",
        "01:02:03",
        "2026-01-02 03:04:05.123456",
        "2026-01-02 03:04:05+02:00",
        "ff00",
        '{\n  "a": 1\n}',
      ],
      inserted: 1,
      many: 499,
      sums: [500, 125250, 1],
      dict: [{ N: 1, T: "it's" }],
      error: [2003, "42S02", true],
      async: [[42]],
      string: [[[1]], [["two"]]],
      large: 50_000,
      describe: ["A", "B"],
      put: ["UPLOADED", "SKIPPED"],
      staged: [
        ["1", "a"],
        ["2", "b"],
      ],
      get: [["two.csv.gz", 28, "DOWNLOADED"]],
      got: "1,a\n2,b\n",
      rollback: [500],
    });
  });

  it("SQLAlchemy: mapped classes, sequences, the inspector", async () => {
    const admin = await connect(server);
    await query(admin, "create database ORM");
    await disconnect(admin);
    assert.deepEqual(facts(await runTool(server, python, [join(__dirname, "python", "sqlalchemy_orm.py")])), {
      things: [
        ["a", "1.50"],
        ["b", "2.00"],
      ],
      sums: [2, "3.50"],
      left: ["b"],
      tables: ["thing"],
      schemas: ["information_schema", "public"],
      columns: [
        ["id", "DECIMAL(38, 0)", false],
        ["name", "VARCHAR(50)", false],
        ["price", "DECIMAL(10, 2)", true],
      ],
      key: ["id"],
      reflected: ["id", "name", "price"],
      dropped: [],
    });
  });
});
