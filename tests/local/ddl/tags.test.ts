import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("Tags", () => {
  const { run, refused, rows } = freshSchema();

  it("Tags take allowed values only, and show where they are set", async () => {
    await run("create tag TG allowed_values 'low', 'high'");
    await run("create table T (A number) with tag (TG = 'low')");
    await refused(
      "alter table T set tag TG = 'other'",
      "003559",
      "SQL compilation error:\nTag value 'other' is not an allowed value of tag 'TG'.",
    );
    await run("alter tag TG add allowed_values 'other', 'more'");
    await run("alter table T set tag TG = 'other'");
    await run("alter table T alter column A set tag TG = 'high'");
    await run("alter tag TG drop allowed_values 'more'");
    assert.deepEqual(await rows("show tags", "name", "allowed_values"), ['TG ["low","high","other"]']);
    const references = "select * from table(D.information_schema.tag_references('T', 'table'))";
    assert.deepEqual(await rows(references, "TAG_NAME", "TAG_VALUE", "LEVEL"), ["TG other TABLE"]);
    await run("alter table T unset tag TG");
    assert.deepEqual(await run(references), []);
  });

  it("A tag of several values is refused by name", async () => {
    await run("create table T (A number)");
    const message = "Unsupported feature 'multi-value tag'.";
    await refused("alter table T add value 'x' for tag TG", "000002", message);
    await refused("alter table T modify column A drop value 'x' for tag TG", "000002", message);
  });

  it("COPY TAGS keeps the tags of what is replaced, of its columns by their names, also over new ones", async () => {
    await run("create tag TG");
    await run("create tag TH");
    const tags = async (name: string) =>
      (
        await rows(
          `select system$get_tag('TG', '${name}', 'table') as T, system$get_tag('TH', '${name}', 'table') as U, system$get_tag('TG', '${name}.A', 'column') as C`,
          "T",
          "U",
          "C",
        )
      )[0];
    await run("create table T (A number with tag (TG = 'column'), B number) with tag (TG = 'table')");
    await run("create or replace table T (B varchar, A varchar) with tag (TG = 'new', TH = 'other') copy tags");
    assert.equal(await tags("T"), "table other column");
    await run("create or replace table T copy tags as select 1 as A");
    assert.equal(await tags("T"), "table other column");
    await run("create or replace table T as select 1 as A");
    assert.equal(await tags("T"), "null null null");
    await run("create view V (A with tag (TG = 'column')) with tag (TG = 'view') as select 1");
    await run("create or replace view V copy tags as select 2 as A");
    assert.equal(await tags("V"), "view null column");
    await run(
      "create dynamic table DT target_lag = '1 day' warehouse = COMPUTE_WH with tag (TG = 'dynamic') as select A from T",
    );
    await run(
      "create or replace dynamic table DT target_lag = '1 day' warehouse = COMPUTE_WH copy tags as select A from T",
    );
    assert.equal(await tags("DT"), "dynamic null dynamic");
    await run("create table N copy tags as select 1 as A");
  });

  it("CLONE and LIKE take the tags along, those of a copied schema its own", async () => {
    await run("create schema INNER_");
    await run("create tag TG");
    await run("create table T (A number with tag (TG = 'column')) with tag (TG = 'table')");
    await run("create table CLONED clone T");
    await run("create table LIKED like T with tag (TG = 'said')");
    const tag = async (tag: string, name: string) =>
      (
        await rows(
          `select system$get_tag('${tag}', '${name}', 'table') as T, system$get_tag('${tag}', '${name}.A', 'column') as C`,
          "T",
          "C",
        )
      )[0];
    assert.equal(await tag("TG", "CLONED"), "table column");
    assert.equal(await tag("TG", "LIKED"), "said column");
    await run("create schema COPIED clone INNER_");
    assert.equal(await tag("D.COPIED.TG", "D.COPIED.T"), "table column");
    assert.equal(await tag("D.INNER_.TG", "D.COPIED.T"), "null null");
    await run("drop schema COPIED");
    await run("drop schema INNER_");
  });
});
