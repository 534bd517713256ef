import assert from "node:assert/strict";
import { parseStatements } from "../../dialect/index";
import { areRead, areRefused, type Refused } from "./refused";

const REFUSED: Refused[] = [
  ["CREATE WAREHOUSE w FOO = 1", "invalid property 'FOO' for 'WAREHOUSE'", 20],
  [
    "CREATE WAREHOUSE w WITH WAREHOUSE_SIZE = XSMALL AUTOSUSPEND = 60",
    "invalid property 'AUTOSUSPEND' for 'WAREHOUSE'",
    49,
  ],
  [
    "CREATE ADAPTIVE WAREHOUSE w WAREHOUSE_SIZE = XSMALL",
    "invalid property 'WAREHOUSE_SIZE' for 'ADAPTIVE_WAREHOUSE'",
    29,
  ],
  ["CREATE OR ALTER ADAPTIVE WAREHOUSE w", "Unsupported feature 'CREATE OR ALTER ADAPTIVE WAREHOUSE'.", 17],
  ["ALTER WAREHOUSE w SET SIZE = XSMALL", "invalid property 'SIZE' for 'WAREHOUSE'", 23],
  ["ALTER WAREHOUSE w UNSET COMMENT, AUTOSUSPEND", "invalid property 'AUTOSUSPEND' for 'WAREHOUSE'", 34],
  ["CREATE PASSWORD POLICY p PASSWORD_MIN = 8", "invalid property 'PASSWORD_MIN' for 'PASSWORD_POLICY'", 26],
  ["ALTER STORAGE INTEGRATION i SET BUCKETS = ('x')", "invalid property 'BUCKETS' for 'INTEGRATION'", 33],
  ["CREATE TABLE t (a INT) RETENTION = 1", "invalid property 'RETENTION' for 'TABLE'", 24],
  ["CREATE VIEW v ENABLED = TRUE AS SELECT 1", "invalid property 'ENABLED' for 'VIEW'", 15],
  [
    "CREATE DYNAMIC TABLE t TARGET_LAG = '1 hour' WAREHOUSE = w LAGS = 1 AS SELECT 1",
    "invalid property 'LAGS' for 'DYNAMIC_TABLE'",
    60,
  ],
  ["CREATE TASK t WAREHOUSE = w CRON = 'x' AS SELECT 1", "invalid property 'CRON' for 'TASK'", 29],
  [
    "CREATE PROCEDURE p() RETURNS INT LANGUAGE SQL FOO = 1 AS 'BEGIN RETURN 1; END'",
    "invalid property 'FOO' for 'PROCEDURE'",
    47,
  ],
  ["CREATE USER u PASSWROD = 'x'", "invalid property 'PASSWROD' for 'USER'", 15],
  ["CREATE STAGE s URI = 's3://x'", "invalid property 'URI' for 'STAGE'", 16],
  ["CREATE FILE FORMAT f TYPE = CSV DELIMITER = ','", "invalid parameter 'DELIMITER'", 33],
  ["CREATE STREAM s ON TABLE t APPEND = TRUE", "invalid property 'APPEND' for 'STREAM'", 28],
  ["CREATE SCHEMA s FOO = 1", "invalid property 'FOO' for 'SCHEMA'", 17],
  ["BEGIN CREATE ROLE r OWNER = 'x'; END", "invalid property 'OWNER' for 'ROLE'", 21],
  ["CREATE WAREHOUSE w WAREHOUSE_SIZE = HUGE", "invalid value [HUGE] for parameter 'WAREHOUSE_SIZE'", 37],
  ["CREATE WAREHOUSE w AUTO_SUSPEND = 'soon'", "invalid value [soon] for parameter 'AUTO_SUSPEND'", 35],
  ["CREATE WAREHOUSE w AUTO_RESUME = MAYBE", "invalid value [MAYBE] for parameter 'AUTO_RESUME'", 34],
  ["ALTER USER u SET DAYS_TO_EXPIRY = 1.5", "invalid value [1.5] for parameter 'DAYS_TO_EXPIRY'", 35],
  ["CREATE ROLE r COMMENT = words", "invalid value [words] for parameter 'COMMENT'", 25],
  ["CREATE ROLE r COMMENT = 5", "invalid value [5] for parameter 'COMMENT'", 25],
  ["CREATE STREAM s ON TABLE t APPEND_ONLY = 1", "invalid value [1] for parameter 'APPEND_ONLY'", 42],
  ["CREATE SECRET s TYPE = TOKEN", "invalid value [TOKEN] for parameter 'TYPE'", 24],
  [
    "CREATE DYNAMIC TABLE t TARGET_LAG = 'soon' WAREHOUSE = w AS SELECT 1",
    "invalid value [soon] for parameter 'TARGET_LAG'",
    37,
  ],
  ["ALTER DYNAMIC TABLE t SET TARGET_LAG = 5", "invalid value [5] for parameter 'TARGET_LAG'", 40],
  ["ALTER WAREHOUSE w SET INITIALLY_SUSPENDED = TRUE", "invalid property 'INITIALLY_SUSPENDED' for 'WAREHOUSE'", 23],
  ["ALTER SEQUENCE s SET START = 5", "invalid property 'START' for 'SEQUENCE'", 22],
  ["CREATE STREAMLIT s MAINFILE = 'a.py'", "invalid property 'MAINFILE' for 'STREAMLIT'", 20],
  ["ALTER SHARE s ADD ACCOUNT = x", "invalid property 'ACCOUNT' for 'SHARE'", 19],
  [
    "CREATE FAILOVER GROUP g OBJECT_TYPES = (DATABASES)",
    "invalid value [(DATABASES)] for parameter 'OBJECT_TYPES'",
    40,
  ],
  ["ALTER STAGE s REFRESH SUBPATH = a", "invalid value [a] for parameter 'SUBPATH'", 33],
  ["ALTER PIPE p REFRESH PREFIX = 5", "invalid value [5] for parameter 'PREFIX'", 31],
  ["LIST @s PATTERN = 1", "invalid value [1] for parameter 'PATTERN'", 19],
  ["REMOVE @s FILES = ('x')", "invalid parameter 'FILES'", 11],
  ["PUT file:///a @s PATTERN = 'x'", "invalid parameter 'PATTERN'", 18],
  ["PUT file:///a @s PARALLEL = 'x'", "invalid value ['x'] for parameter 'PARALLEL'", 29],
  ["GET @s file:///a/ OVERWRITE = TRUE", "invalid parameter 'OVERWRITE'", 19],
  ["COPY INTO t FROM @s FOO = 1", "invalid parameter 'FOO'", 21],
  ["COPY INTO t FROM @s OVERWRITE = TRUE", "invalid parameter 'OVERWRITE'", 21],
  ["COPY INTO t FROM @s HEADER = TRUE", "invalid parameter 'HEADER'", 21],
  ["COPY INTO @s FROM t FORCE = TRUE", "invalid parameter 'FORCE'", 21],
  ["COPY INTO @s FROM t ON_ERROR = CONTINUE", "invalid parameter 'ON_ERROR'", 21],
  ["COPY INTO t FROM @s VALIDATION_MODE = FOO", "invalid value [FOO] for parameter 'VALIDATION_MODE'", 39],
  ["COPY INTO t FROM @s FILE_FORMAT = (TYPE = CSV FOO = 1)", "invalid parameter 'FOO'", 47],
  ["COPY INTO t FROM @s ON_ERROR = MAYBE", "invalid value [MAYBE] for parameter 'ON_ERROR'", 32],
  ["COPY INTO t FROM @s FILES = 'a.csv'", "invalid value ['a.csv'] for parameter 'FILES'", 29],
  ["COPY INTO @s FROM t HEADER = MAYBE", "invalid value [MAYBE] for parameter 'HEADER'", 30],
  ["COPY FILES INTO @s FROM @u OVERWRITE = TRUE", "invalid parameter 'OVERWRITE'", 28],
  ["CREATE STAGE s FILE_FORMAT = (TYPE = EXCEL)", "invalid value [EXCEL] for parameter 'TYPE'", 38],
  ["CREATE OR ALTER USER u", "Unsupported feature 'CREATE OR ALTER USER'.", 17],
  ["CREATE OR ALTER TABLE IF NOT EXISTS t (a INT)", "options IF NOT EXISTS and OR ALTER are incompatible.", 23],
];

describe("properties that a kind of object does not have", () => {
  areRefused(REFUSED.map(([sql, message, column]) => [sql, `\n${message}`, column]));

  it("carry Snowflake's codes, and what could have been written", () => {
    const [property, value, feature, options] = [
      "CREATE SHARE s FOO = 1",
      "CREATE TASK t OVERLAP_POLICY = SOME AS SELECT 1",
      "CREATE OR ALTER USER u",
      "CREATE OR ALTER TABLE IF NOT EXISTS t (a INT)",
    ].map((sql) => parseStatements(sql).errors[0]);
    assert.deepEqual([property?.code, property?.sqlState], ["001420", "22023"]);
    assert.deepEqual(property?.expected, ["COMMENT", "SECURE_OBJECTS_ONLY", "ACCOUNTS", "SHARE_RESTRICTIONS"]);
    assert.deepEqual([value?.code, value?.sqlState], ["001008", "22023"]);
    assert.deepEqual(value?.expected, ["ALLOW_ALL_OVERLAP", "NO_OVERLAP", "ALLOW_CHILD_OVERLAP"]);
    assert.deepEqual([feature?.code, feature?.sqlState], ["000002", "0A000"]);
    assert.deepEqual([options?.code, options?.sqlState], ["002047", "42601"]);
  });
});

describe("properties may be written as in", () =>
  areRead([
    "CREATE WAREHOUSE w AUTO_SUSPEND = '60' AUTO_RESUME = 'true' WAREHOUSE_SIZE = 'x-small' SCALING_POLICY = Economy",
    "CREATE WAREHOUSE w AUTO_SUSPEND = $seconds COMMENT = $text",
    'CREATE USER u COMMENT = NULL DEFAULT_ROLE = "r" CLIENT_SESSION_KEEP_ALIVE = TRUE',
    "ALTER TASK t SET ANY_PARAMETER = 1",
    "COPY INTO t FROM @s ON_ERROR = 'skip_file_10%' FILE_FORMAT = (FORMAT_NAME = 'f' NULL_IF = ()) FORCE = TRUE",
    "COPY INTO t FROM @s ON_ERROR = SKIP_FILE_3 FILE_FORMAT = my_format",
    "CREATE DYNAMIC TABLE t TARGET_LAG = '2 days' WAREHOUSE = w AS SELECT 1",
    "CREATE DATABASE d SOME_NEW_PARAMETER = TRUE",
    "CREATE OR REPLACE TABLE IF NOT EXISTS t (a INT)",
  ]));
