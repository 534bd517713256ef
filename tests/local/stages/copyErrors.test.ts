import assert from "node:assert/strict";
import { loading } from "./loading";

describe("Errors of COPY INTO a table", () => {
  const { run, rows, put } = loading();
  const HEADED = "FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1)";
  const mismatch = (found: number, wanted = 2) =>
    `Number of columns in file (${found}) does not match that of the corresponding table (${wanted}), use file format option error_on_column_count_mismatch=false to ignore this error`;

  /** First error of a file that is loaded with ON_ERROR = CONTINUE: words, line, character, column. */
  async function firstError(content: string, format = HEADED): Promise<unknown[]> {
    await put("f.csv", content);
    const [file] = await run(`COPY INTO t FROM @st FILES = ('f.csv') ${format} ON_ERROR = CONTINUE FORCE = TRUE`);
    return ["first_error", "first_error_line", "first_error_character", "first_error_column_name"].map(
      (n) => file?.[n],
    );
  }

  const cases: [name: string, content: string, expected: unknown[], format?: string][] = [
    [
      "a first record that is too long is measured as a whole, and told behind its end",
      "a,b\n1,x,more\n2,y\n",
      [mismatch(3), 3, 1, '"T"[3]'],
    ],
    [
      "a first record that is too short names the column it reached",
      "a,b\n1\n2,y\n",
      [mismatch(1), 3, 1, '"T"["A":1]'],
    ],
    ["the only record of a file is told at the end of its line", "a,b\n1,x,more\n", [mismatch(3), 2, 9, '"T"[3]']],
    ["a short record alone is told at the end of its line", "a,b\n1\n", [mismatch(1), 2, 2, '"T"["A":1]']],
    [
      "a later record that is too long is told at the delimiter that should have ended it",
      "a,b\n1,x\n2,y,more\n",
      ["Field delimiter ',' found while expecting record delimiter '\\n'", 3, 4, '"T"["B":2]'],
    ],
    [
      "the delimiter is that of the format",
      "a|b\n1|x\n2|y|more\n",
      ["Field delimiter '|' found while expecting record delimiter '\\n'", 3, 4, '"T"["B":2]'],
      "FILE_FORMAT = (TYPE = CSV SKIP_HEADER = 1 FIELD_DELIMITER = '|')",
    ],
    [
      "a later record that is too short is told at its end, with the column it did not reach",
      "a,b\n1,x\n2\n",
      [`End of record reached while expected to parse column '"T"["B":2]'`, 3, 2, '"T"["B":2]'],
    ],
    [
      "a blank line is a record of one field",
      "a,b\n1,x\n\n2,y\n",
      [`End of record reached while expected to parse column '"T"["B":2]'`, 3, 1, '"T"["B":2]'],
    ],
  ];
  for (const [name, content, expected, format] of cases)
    it(name, async () => {
      assert.deepEqual(await firstError(content, format), expected);
    });

  it("columns that are listed take fields too many and too few", async () => {
    await put("f.csv", "1\n2,y,more\n");
    await run("COPY INTO t (a, b) FROM @st");
    assert.deepEqual(await rows("SELECT a, b FROM t ORDER BY a"), [
      [1, null],
      [2, "y"],
    ]);
  });

  it("RETURN_ERRORS tells bytes before the place, the record as written, and files that are not there", async () => {
    await put("f.csv", "1,é\nx,one\n3,toolong");
    const errors = await run("COPY INTO t FROM @st FILES = ('f.csv', 'none.csv') VALIDATION_MODE = RETURN_ERRORS");
    assert.deepEqual(
      errors.map((e) => [
        e.FILE,
        e.LINE,
        e.CHARACTER,
        e.BYTE_OFFSET,
        e.CATEGORY,
        e.CODE,
        e.ROW_START_LINE,
        e.REJECTED_RECORD,
      ]),
      [
        ["@ST/f.csv", 2, 1, 5, "conversion", 100038, 2, "x,one\n"],
        ["@ST/f.csv", 3, 3, 13, "conversion", 100074, 3, "3,toolong"],
        ["none.csv", null, null, null, "other", 100112, 0, null],
      ],
    );
    assert.match(String(errors[2]?.ERROR), /^Remote file '@ST\/none\.csv' was not found\./);
  });

  it("SKIP_FILE_0 leaves out files without an error too", async () => {
    await put("f.csv", "1,x\n2,y\n");
    const [file] = await run("COPY INTO t FROM @st ON_ERROR = SKIP_FILE_0");
    assert.deepEqual(
      [file?.status, file?.rows_parsed, file?.rows_loaded, file?.error_limit, file?.errors_seen, file?.first_error],
      ["LOAD_FAILED", 2, 0, 0, 0, null],
    );
    assert.equal((await run("COPY INTO t FROM @st"))[0]?.status, "LOADED");
  });

  it("PATTERN is matched with the whole place of a file in the storage", async () => {
    await put("f.csv", "1,x\n");
    for (const pattern of ["f[.]csv", "st/f[.]csv"])
      assert.deepEqual(await run(`COPY INTO t FROM @st PATTERN = '${pattern}'`), [
        { status: "Copy executed with 0 files processed." },
      ]);
    assert.equal((await run("COPY INTO t FROM @st PATTERN = '.*/f[.]csv'"))[0]?.status, "LOADED");
  });

  it("MATCH_BY_COLUMN_NAME of CSV needs a header", async () => {
    await assert.rejects(run("COPY INTO t FROM @st MATCH_BY_COLUMN_NAME = CASE_SENSITIVE"), {
      message:
        "SQL compilation error: match_by_column_name option is not supported for file format CSV without PARSE_HEADER = TRUE",
    });
  });

  it("transformations compute with the functions of COPY alone, unless they read no field", async () => {
    const refused = (item: string, name: string) =>
      assert.rejects(run(`COPY INTO t FROM (SELECT $1, ${item} FROM @st)`), {
        message: `SQL Compilation error: Function '${name}' not supported within a COPY`,
      });
    await refused("UPPER($2)", "UPPER");
    await refused("NVL($2, LOWER($3))", "LOWER");
    await refused("$2 * 2", "*");
    await refused("$1 + 1", "+");
    await refused("EXTRACT(YEAR FROM $2::DATE)", "EXTRACT");
    await run("CREATE FUNCTION shout(x VARCHAR) RETURNS VARCHAR AS 'UPPER(x)'");
    await put("f.csv", "1,x,y\n");
    await run("COPY INTO t FROM (SELECT $1, IFF($2 = 'x', CONCAT(shout($3), '!'), LOWER('A')) FROM @st)");
    await run("COPY INTO t FROM (SELECT 1 + 1, SUBSTR(CURRENT_DATE()::VARCHAR, 1, 1) FROM @st) FORCE = TRUE");
    assert.deepEqual(await rows("SELECT a, b FROM t ORDER BY a"), [
      [1, "Y!"],
      [2, "2"],
    ]);
  });
});
