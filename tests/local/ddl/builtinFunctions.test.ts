import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

/** Source: https://docs.snowflake.com/en/sql-reference/sql/show-functions */
describe("SHOW FUNCTIONS", () => {
  const { run, rows } = freshSchema();

  it("lists Snowflake's own functions, which stand in no schema, beside those of users", async () => {
    await run("create function OWN(X number) returns number as 'X'");
    assert.deepEqual(
      await rows(
        "show functions like 'SQUARE'",
        "name",
        "schema_name",
        "catalog_name",
        "is_builtin",
        "min_num_arguments",
        "language",
      ),
      ["SQUARE null null Y 1 SQL"],
    );
    assert.deepEqual(await rows("show functions like 'OWN'", "name", "schema_name", "is_builtin"), ["OWN S N"]);
    const names = (await run("show functions")).map((row) => row["name"]);
    for (const name of ["UPPER", "SUM", "ROW_NUMBER", "OWN"]) assert.ok(names.includes(name), name);
  });

  it("lists those of a schema alone where it is named, and either kind by its own word", async () => {
    await run("create function OWN(X number) returns number as 'X'");
    assert.deepEqual(await rows("show functions in schema S", "name"), ["OWN"]);
    assert.deepEqual(await rows("show user functions", "name"), ["OWN"]);
    assert.deepEqual(await rows("show builtin functions like 'OWN'", "name"), []);
    const builtin = await run("show builtin functions");
    assert.ok(builtin.length > 400, String(builtin.length));
    assert.ok(builtin.every((row) => row["is_builtin"] === "Y"));
  });
});
