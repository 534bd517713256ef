import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("File formats as SHOW and DESCRIBE tell of them", () => {
  const { run } = freshSchema();

  const described = async (sql: string) =>
    new Map((await run(sql)).map((row) => [row["property"], [row["property_value"], row["property_default"]]]));

  it("print lists without quotes and escape backslashes and line ends in DESCRIBE alone", async () => {
    await run(
      String.raw`create file format FF type = csv null_if = ('\\N', 'NULL', '') escape = '\\' field_delimiter = '\t'`,
    );
    const properties = await described("describe file format FF");
    assert.deepEqual(properties.get("NULL_IF"), [String.raw`[\\N, NULL, ]`, String.raw`[\\N]`]);
    assert.deepEqual(properties.get("ESCAPE"), [String.raw`\\`, "NONE"]);
    assert.deepEqual(properties.get("FIELD_DELIMITER"), [String.raw`\t`, ","]);
    assert.deepEqual(properties.get("RECORD_DELIMITER"), [String.raw`\n`, String.raw`\n`]);
    const [shown] = await run("show file formats like 'FF'");
    const options = JSON.parse(String(shown?.["format_options"])) as Record<string, unknown>;
    assert.deepEqual(
      [options["NULL_IF"], options["ESCAPE"], options["FIELD_DELIMITER"]],
      [["\\N", "NULL", ""], "\\", "\t"],
    );
  });

  it("escape quotes in DESCRIBE, and take texts for NULL by themselves in CSV alone", async () => {
    await run(`create file format FF type = csv field_optionally_enclosed_by = '"'`);
    assert.deepEqual((await described("describe file format FF")).get("FIELD_OPTIONALLY_ENCLOSED_BY"), ['\\"', "NONE"]);
    for (const type of ["avro", "orc", "parquet"]) {
      await run(`create or replace file format FF type = ${type}`);
      assert.deepEqual((await described("describe file format FF")).get("NULL_IF"), ["[]", "[]"], type);
    }
  });

  it("read characters that are written as codes", async () => {
    await run(String.raw`create file format FF type = csv record_delimiter = '\\123' field_delimiter = '0x42'`);
    const properties = await described("describe file format FF");
    assert.deepEqual([properties.get("RECORD_DELIMITER")?.[0], properties.get("FIELD_DELIMITER")?.[0]], ["S", "B"]);
    await run("create stage ST file_format = (type = csv field_delimiter = '0x7c' null_if = ('a', 'b'))");
    const stage = await described("describe stage ST");
    assert.deepEqual([stage.get("FIELD_DELIMITER")?.[0], stage.get("NULL_IF")?.[0]], ["|", "[a, b]"]);
  });
});
