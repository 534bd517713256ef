import assert from "node:assert/strict";
import { sqlApi } from "./sqlApiClient";

describe("Values of the SQL API", () => {
  const { call, post, rowsOf } = sqlApi();

  it("writes every type as text, the way the documentation says", async () => {
    assert.deepEqual(
      await rowsOf(
        "select true, false, null, 1.5::float, to_binary('ff00'), '2021-01-28'::date, '10:09:37.12'::time(3), '2021-01-28 22:09:37.123456'::timestamp_ntz, '2021-01-28 22:09:37 +0100'::timestamp_tz(0), parse_json('{\"a\": [1]}'), 'x'",
      ),
      [
        [
          "true",
          "false",
          null,
          "1.5",
          "FF00",
          "18655",
          "36577.120000000",
          "1611871777.123456000",
          "1611868177.000000000 1500",
          '{\n  "a": [\n    1\n  ]\n}',
          "x",
        ],
      ],
    );
  });

  it("writes NULL as text, and dates, times and bytes in the formats of the request, when it says so", async () => {
    const statement =
      "select null, '2019-03-27'::date, '10:09:37'::time, '2021-01-28 22:09:37.5'::timestamp_ntz, '2021-01-28 22:09:37 +0100'::timestamp_tz, '2021-01-28 22:09:37 +0100'::timestamp_ltz, to_binary('ff00')";
    const parameters = {
      DATE_OUTPUT_FORMAT: "MM/DD/YYYY",
      time_output_format: "HH12:MI AM",
      TIMESTAMP_OUTPUT_FORMAT: "YYYY-MM-DD HH24:MI:SS.FF1 TZHTZM",
      TIMESTAMP_LTZ_OUTPUT_FORMAT: "AUTO",
      TIMEZONE: "Asia/Kolkata",
      BINARY_OUTPUT_FORMAT: "base64",
    };
    const expected = [
      [
        "null",
        "03/27/2019",
        "10:09 AM",
        "2021-01-28 22:09:37.5 Z",
        "2021-01-28 22:09:37.0 +0100",
        "2021-01-29 02:39:37.000 +0530",
        "/wA=",
      ],
    ];
    const { body } = await post({ statement, parameters }, "?nullable=false");
    assert.deepEqual(body.data, expected);
    const again = await call(`/${body.statementHandle}`);
    assert.deepEqual(again.body.data, expected);
  });

  it("binds values by number, each with its type", async () => {
    const bindings = {
      1: { type: "FIXED", value: "123" },
      2: { type: "TEXT", value: "it's" },
      3: { type: "DATE", value: "1611871777000" },
      4: { type: "TIMESTAMP_NTZ", value: "1611871777123456000" },
      5: { type: "BOOLEAN", value: "true" },
    };
    assert.deepEqual(await rowsOf("select ? + 1, ?, ?, ?, ?", { bindings }), [
      ["124", "it's", "18655", "1611871777.123456000", "true"],
    ]);
  });

  it("binds numbers with an exponent, and dates and times written as texts to the last digit", async () => {
    const bound = async (type: string, value: string) => {
      const bindings = { 1: { type, value } };
      return (await rowsOf("select to_varchar(?)", { bindings }))[0][0];
    };
    assert.equal(await bound("FIXED", "1E+3"), "1000");
    assert.equal(await bound("FIXED", "-12.50e-2"), "-0.1250");
    assert.equal(await bound("REAL", "-Infinity"), "-inf");
    assert.equal(await bound("BOOLEAN", "0"), "false");
    assert.equal(await bound("DATE", "1969-12-31"), "1969-12-31");
    assert.equal(await bound("TIME", "10:09:08.123456"), "10:09:08");
    assert.equal(await bound("TIMESTAMP_NTZ", "2026-01-02T03:04:05.678901"), "2026-01-02 03:04:05.678");
    assert.equal(await bound("TIMESTAMP_TZ", "1616173619000000000 960"), "2021-03-19 09:06:59.000 -0800");
    assert.equal(await bound("TIMESTAMP_TZ", "2026-01-02 03:04:05 +0530"), "2026-01-02 03:04:05.000 +0530");
  });

  for (const [type, value, code, message] of [
    ["FIXED", "12a", "100038", "Numeric value '12a' is not recognized"],
    ["FIXED", "1e38", "100039", "Numeric value '1e38' is out of range"],
    ["REAL", "much", "100038", "Numeric value 'much' is not recognized"],
    ["BOOLEAN", "perhaps", "100037", "Boolean value 'perhaps' is not recognized"],
    ["DATE", "someday", "100040", "Date 'someday' is not recognized"],
    ["TIME", "noon", "100108", "Time 'noon' is not recognized"],
    ["TIMESTAMP_LTZ", "2026-13-01", "100035", "Timestamp '2026-13-01' is not recognized"],
    ["TIMESTAMP_TZ", "now 960", "100035", "Timestamp 'now 960' is not recognized"],
    ["BINARY", "fff", "100115", "The following string is not a legal hex-encoded value: 'fff'"],
  ] as const)
    it(`refuses ${value} as ${type}`, async () => {
      const { status, body } = await post({ statement: "select ?", bindings: { 1: { type, value } } });
      assert.equal(status, 422);
      assert.deepEqual([body.code, body.message], [code, message]);
    });

  it("gives large results in partitions", async () => {
    const { body, response } = await post({
      statement: "select seq4() as N, repeat('x', 1000) as T from table(generator(rowcount => 9000)) order by N",
    });
    const { partitionInfo, numRows } = body.resultSetMetaData;
    assert.equal(numRows, 9000);
    assert.ok(partitionInfo.length > 1);
    assert.match(response.headers.get("link") ?? "", /partition=1>; rel="next"/);
    let rows = body.data;
    assert.equal(rows.length, partitionInfo[0].rowCount);
    for (let i = 1; i < partitionInfo.length; i++) {
      const next = await call(`/${body.statementHandle}?partition=${i}`);
      assert.equal(next.response.headers.get("content-encoding"), "gzip");
      assert.deepEqual(Object.keys(next.body), ["data"]);
      assert.equal(next.body.data.length, partitionInfo[i].rowCount);
      rows = rows.concat(next.body.data);
    }
    const beyond = await call(`/${body.statementHandle}?partition=99`);
    assert.equal(beyond.status, 422);
    assert.equal(beyond.body.message, "SQL compilation error:\ninvalid value [99] for parameter 'partition'");
    assert.deepEqual(rows.map(([n]: string[]) => Number(n)), Array.from({ length: 9000 }, (_, i) => i)); // biome-ignore format: one line
  });
});
