import assert from "node:assert/strict";
import { freshSchema } from "./freshSchema";

describe("External stages", () => {
  const { run, refused, rows } = freshSchema();

  const located = (stage: string) =>
    run(`describe stage ${stage}`).then((all) =>
      all
        .filter((row) => /LOCATION|INTEGRATION|CREDENTIALS/.test(String(row["parent_property"])))
        .map((row) => `${row["property"]}=${row["property_value"]}`),
    );

  it("are listed with their cloud and whether they have secrets, which are not told", async () => {
    await run(
      "create stage S3S url = 's3://bucket/path/' credentials = (aws_key_id = 'k' aws_secret_key = 's') encryption = (master_key = 'm') comment = 'c'",
    );
    await run("create stage GCSS url = 'gcs://bucket/path/'");
    await run("create temporary stage AZS url = 'azure://a.blob.core.windows.net/c/'");
    await run("create stage OWN");
    assert.deepEqual(
      await rows("show stages", "name", "type", "cloud", "url", "has_credentials", "has_encryption_key"),
      [
        "AZS EXTERNAL TEMPORARY AZURE azure://a.blob.core.windows.net/c/ N N",
        "GCSS EXTERNAL GCP gcs://bucket/path/ N N",
        "OWN INTERNAL null  N N",
        "S3S EXTERNAL AWS s3://bucket/path/ Y Y",
      ],
    );
    assert.deepEqual(await located("S3S"), ['URL=["s3://bucket/path/"]', "STORAGE_INTEGRATION=", "AWS_KEY_ID="]);
    assert.deepEqual(
      await rows(
        "select stage_name, stage_type from information_schema.stages where stage_name like 'S%'",
        "STAGE_NAME",
        "STAGE_TYPE",
      ),
      ["S3S External Named"],
    );
  });

  it("take a storage integration that is there and may be used", async () => {
    await refused(
      "create stage INTEGRATED url = 's3://bucket/p/' storage_integration = NOSUCH",
      "002003",
      "SQL compilation error:\nIntegration 'NOSUCH' does not exist or not authorized.",
    );
    await run(
      "create storage integration SI type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_allowed_locations = ('s3://bucket/')",
    );
    await run("create stage INTEGRATED url = 's3://bucket/p/' storage_integration = SI");
    await run("alter stage INTEGRATED set url = 's3://bucket/q/'");
    assert.deepEqual(await located("INTEGRATED"), ['URL=["s3://bucket/q/"]', "STORAGE_INTEGRATION=SI", "AWS_KEY_ID="]);
  });

  it("cannot be made of internal ones, nor of other addresses", async () => {
    const internal =
      "SQL compilation error:\nCannot set URL, credentials, or encryption key of an internal or temporary stage.";
    await refused(
      "create stage NOURL credentials = (aws_key_id = 'k')",
      "001008",
      "SQL compilation error:\ninvalid stage (NOURL): location not specified",
    );
    await run("create stage OWN");
    await refused("alter stage OWN set url = 's3://bucket/'", "001008", internal);
    await refused(
      "create stage HTTPS url = 'https://example.com/'",
      "001011",
      "SQL compilation error:\ninvalid URL prefix found in: 'https://example.com/'",
    );
    for (const path of ["/tmp/x", "file://tmp/x"])
      await refused(`create stage LOCAL url = '${path}'`, "001011", `SQL compilation error:\ninvalid URL: ${path}`);
  });

  it("are refused by name where their files would be needed", async () => {
    const refusal = "Unsupported feature 'external location 's3://bucket/path/''.";
    await run("create stage S3S url = 's3://bucket/path/'");
    await run("create table T (A number)");
    for (const sqlText of ["list @S3S", "copy into T from @S3S", "select $1 from @S3S/x.csv", "copy into @S3S from T"])
      await refused(sqlText, "000002", refusal);
  });
});
