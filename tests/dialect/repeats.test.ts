import { areRead, areRefused, type Refused } from "./refused";

/** As an account answers. */
const REFUSED: Refused[] = [
  [
    "CREATE TABLE t (a INT) CHANGE_TRACKING = TRUE CHANGE_TRACKING = FALSE",
    "\nduplicate property 'CHANGE_TRACKING';",
    47,
  ],
  ["CREATE VIEW v COMMENT = 'a' COMMENT = 'b' AS SELECT 1 n", "\nduplicate property 'COMMENT';", 29],
  ["CREATE SEQUENCE s START = 1 START = 2", "\nduplicate property 'SEQUENCE_START';", 29],
  ["CREATE SEQUENCE s INCREMENT = 1 INCREMENT = 2", "\nduplicate property 'SEQUENCE_INCREMENT';", 33],
  ["CREATE WAREHOUSE w AUTO_SUSPEND = 60 AUTO_SUSPEND = 120", "\nduplicate property 'AUTO_SUSPEND';", 38],
  ["CREATE TASK t SCHEDULE = '1 MINUTE' SCHEDULE = '2 MINUTE' AS SELECT 1", "\nduplicate property 'SCHEDULE';", 37],
  ["ALTER USER u SET COMMENT = 'a' COMMENT = 'b'", "\nduplicate property 'COMMENT';", 32],
  ["ALTER USER u UNSET COMMENT, COMMENT", "\nduplicate property 'COMMENT';", 29],
  ["ALTER MASKING POLICY p SET foo = 1, foo = 2", "\nduplicate property 'foo';", 37],
  ["ALTER MASKING POLICY p SET foo = 1, COMMENT = 'a', COMMENT = 'b'", "\nduplicate property 'COMMENT';", 52],
  ["CREATE FILE FORMAT f TYPE = CSV TYPE = JSON", " conflicting values file format parameter 'TYPE'", 33],
  [
    "CREATE STAGE s FILE_FORMAT = (TYPE = CSV) FILE_FORMAT = (TYPE = CSV)",
    " conflicting values file format parameter 'TYPE'",
    58,
  ],
  [
    "COPY INTO t FROM @s FILE_FORMAT = (SKIP_HEADER = 1 SKIP_HEADER = 2)",
    " conflicting values file format parameter 'SKIP_HEADER'",
    52,
  ],
  ["COPY INTO t FROM @s ON_ERROR = CONTINUE ON_ERROR = CONTINUE", " conflicting values for copy option 'ON_ERROR'", 41],
  [
    "COPY INTO t FROM @s ENFORCE_LENGTH = TRUE TRUNCATECOLUMNS = TRUE",
    " conflicting values for copy option 'TRUNCATECOLUMNS'",
    43,
  ],
  [
    "CREATE TABLE t (n INT DEFAULT 1 DEFAULT 2)",
    " \nMultiple DEFAULT or AUTOINCREMENT expressions declared for column N.",
    33,
  ],
  [
    "CREATE TABLE t (n INT AUTOINCREMENT IDENTITY)",
    " \nMultiple DEFAULT or AUTOINCREMENT expressions declared for column N.",
    37,
  ],
  ["CREATE TABLE s.t (a INT PRIMARY KEY, b INT PRIMARY KEY)", "\nprimary key already exists for table 'T'", 44],
  ["CREATE TABLE t (a INT PRIMARY KEY, PRIMARY KEY (a))", "\nprimary key already exists for table 'T'", 36],
  ["CREATE TABLE t (a INT UNIQUE UNIQUE)", "\nconstraint with the same signature already exists on table 'T'", 30],
  [
    "CREATE FILE FORMAT f TYPE = CSV STRIP_OUTER_ARRAY = TRUE",
    "\nOption STRIP_OUTER_ARRAY is not valid for file format type CSV.",
    33,
  ],
  [
    "CREATE STAGE s FILE_FORMAT = (TYPE = JSON SKIP_HEADER = 1)",
    "\nOption SKIP_HEADER is not valid for file format type JSON.",
    43,
  ],
  [
    "CREATE FILE FORMAT f TYPE = CSV COMPRESSION = 'BOGUS'",
    "\ninvalid value ['BOGUS'] for parameter 'COMPRESSION'",
    47,
  ],
  ["CREATE FILE FORMAT f TYPE = CSV SKIP_HEADER = -1", "\ninvalid value [-1] for parameter 'SKIP_HEADER'", 47],
  ["ALTER FILE FORMAT f SET TYPE = JSON", "\nFile format type cannot be changed.", 25],
  ["COPY INTO t FROM @s FORCE = 'TRUE'", "\ninvalid value ['TRUE'] for parameter 'FORCE'", 29],
  ["COPY INTO t FROM @s SIZE_LIMIT = -5", "\ninvalid value [-5] for parameter 'SIZE_LIMIT'", 34],
  [
    "COPY INTO t FROM (SELECT $1 FROM @s) VALIDATION_MODE = RETURN_ERRORS",
    "\nVALIDATION_MODE does not support COPY with transform.",
    38,
  ],
  ["ALTER STAGE s UNSET COMMENT", "\nUnsupported feature 'UNSET'.", 15],
  ["ALTER FILE FORMAT f UNSET COMMENT", "\nUnsupported feature 'UNSET'.", 21],
  [
    "CREATE TABLE t (a INT) DATA_RETENTION_TIME_IN_DAYS = -2",
    "\ninvalid value [-2] for parameter 'DATA_RETENTION_TIME_IN_DAYS'",
    54,
  ],
  ["CREATE WAREHOUSE w MIN_CLUSTER_COUNT = 0", "\ninvalid value '0' for property 'MIN_CLUSTER_COUNT'", 40],
  ["CREATE SEQUENCE s INCREMENT = 0", "\ninvalid value '0' for property 'SEQUENCE_INCREMENT'", 31],
  ["CREATE TABLE t (a MONEY(5,2))", "\nUnsupported data type 'MONEY(5, 2)'.", 19],
  ["CREATE TABLE t (a d.s.money)", "\nUnsupported data type 'MONEY'.", 19],
  ["CREATE FUNCTION f() RETURNS INT LANGUAGE cobol AS 'x'", "\nUnknown function language: cobol.", 42],
  [
    "DECLARE a INT;\n  A VARCHAR; BEGIN RETURN 1; END",
    " error line 2 at position 2\n Variable with name 'A' declared twice.",
    3,
  ],
  [
    "BEGIN DECLARE r RESULTSET; r CURSOR FOR SELECT 1; BEGIN RETURN 1; END; END",
    " error line 1 at position 27\n Variable with name 'R' declared twice.",
    28,
  ],
  ["SELECT TRIM(BOTH ' ')", "\nUnsupported data type literal 'BOTH ' ''.", 13],
  ["SELECT CONCAT(a, word 'x', b)", "\nUnsupported data type literal 'word 'x''.", 18],
  ['SELECT 1::"VARCHAR"', "\nUnsupported data type 'VARCHAR'.", 11],
];

describe("what may not be said twice, or not of this kind of thing", () => areRefused(REFUSED));

describe("what may be said twice", () =>
  areRead([
    "CREATE STAGE s COMMENT = 'a' COMMENT = 'b'",
    "CREATE FUNCTION f() RETURNS INT COMMENT = 'a' COMMENT = 'b' AS $$ 1 $$",
    "CREATE TABLE t (a INT UNIQUE, b INT UNIQUE)",
    "CREATE WAREHOUSE w AUTO_SUSPEND = -5",
    "CREATE SEQUENCE s INCREMENT = -2",
    "COPY INTO t FROM @s ENFORCE_LENGTH = FALSE TRUNCATECOLUMNS = TRUE",
    "ALTER DYNAMIC TABLE dt SET COMMENT = 'x', COMMENT = 'y'",
    "DECLARE a INT; BEGIN DECLARE a INT; BEGIN RETURN a; END; END",
  ]));
