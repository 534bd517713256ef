/**
 * The only errors a user of the embedded server may see: Snowflake's code, SQLSTATE and words.
 * Anything else that is thrown is a bug and is answered as 000603.
 */
export class SnowflakeError extends Error {
  override readonly name = "SnowflakeError";

  constructor(
    /** Six digits, e.g. `002003`. */
    readonly code: string,
    /** Five characters, e.g. `42S02`. */
    readonly sqlState: string,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Where a compilation error points: line from 1, position from 0, as Snowflake counts. */
export interface Position {
  line: number;
  column: number;
}

const compilation = (code: string, sqlState: string, text: string, at?: Position): SnowflakeError =>
  new SnowflakeError(
    code,
    sqlState,
    at
      ? `SQL compilation error: error line ${at.line} at position ${at.column}\n${text}`
      : `SQL compilation error:\n${text}`,
  );

/** A compilation error with the common heading; use a named constructor where one exists. */
export const compilationError = compilation;

/** `feature` is the name of the construct, e.g. `EXTERNAL TABLE`. */
export const unsupportedFeature = (feature: string) =>
  new SnowflakeError("000002", "0A000", `Unsupported feature '${feature}'.`);

/** `kind` in title case (`Table`, `Schema`, `Object`), `name` as printed (`DB.S.T`). Relations carry 42S02, all else 02000. */
export const doesNotExistOrNotAuthorized = (kind: string, name: string) =>
  compilation(
    "002003",
    /^(object|table|view|dynamic table|stream)$/i.test(kind) ? "42S02" : "02000",
    `${kind} '${name}' does not exist or not authorized.`,
  );

/** Of a dynamic table that was not refreshed yet, and of what reads it. */
export const notInitialized = () =>
  compilation(
    "002741",
    "55000",
    "Dynamic Table is not initialized. Please run a manual refresh or wait for a scheduled refresh before querying.",
  );

/** Said where a parent (database, schema) is missing or the kind does not fit. */
export const objectCannotBeOperated = () =>
  compilation("002043", "02000", "Object does not exist, or operation cannot be performed.");

export const objectAlreadyExists = (name: string) => compilation("002002", "42710", `Object '${name}' already exists.`);

/** `kind` as the catalogue has it, `DYNAMIC_TABLE`; `hint` is the sentence that says which privilege is missing. */
export const insufficientPrivileges = (kind: string, name: string, hint = "") =>
  new SnowflakeError(
    "003001",
    "42501",
    `SQL access control error:\nInsufficient privileges to operate on ${kind.toLowerCase()} '${name}'.${hint && ` ${hint}`}`,
  );

export const accessControlError = (text: string) =>
  new SnowflakeError("003001", "42501", `SQL access control error:\n${text}`);

/** A pipe goes on by itself no more, once it has another owner. */
export const pipePassedOn = (name: string) =>
  new SnowflakeError(
    "003540",
    "22023",
    `SQL execution error:\nPipe ${name} cannot be resumed as ownership had changed. Resuming pipe may load files inserted by previous owner into table. To forceresume pipe use SYSTEM$PIPE_FORCE_RESUME('${name}')`,
  );

/** What a task, or the graph it belongs to, does not allow. */
export const taskError = (message: string) => new SnowflakeError("091089", "23001", message);

export const invalidIdentifier = (name: string, at?: Position) =>
  compilation("000904", "42000", `invalid identifier '${name}'`, at);

export const ambiguousColumn = (name: string) => compilation("002028", "42601", `ambiguous column name '${name}'`);

/** Of names of objects and columns. Source: https://docs.snowflake.com/en/sql-reference/identifiers-syntax */
export const LONGEST_NAME = 255;

export const nameTooLong = (name: string) =>
  compilation(
    "001003",
    "42622",
    `Identifier '${name.slice(0, 40)}…' has ${name.length} characters; an identifier has ${LONGEST_NAME} at most.`,
  );

export const duplicateColumn = (name: string) => compilation("002025", "42S21", `duplicate column name '${name}'`);

export const unknownFunction = (name: string) => compilation("002140", "42601", `Unknown function ${name}.`);

/** Of a name with a schema: what Snowflake itself has, has none. Said of procedures too. */
export const unknownUserFunction = (name: string, types = "") =>
  compilation("002141", "42601", `Unknown user-defined function ${name}${types}.`);

/** `types` as Snowflake prints them: `(VARCHAR(1), NUMBER(1,0))`. */
export const invalidArgumentTypes = (name: string, types: string, at?: Position) =>
  compilation("001044", "42P13", `Invalid argument types for function '${name}': ${types}`, at);

export const wrongArgumentCount = (name: string, expected: number, got: number, at?: Position) =>
  got > expected
    ? compilation("000939", "22023", `too many arguments for function [${name}] expected ${expected}, got ${got}`, at)
    : compilation(
        "000938",
        "22023",
        `not enough arguments for function [${name}], expected ${expected}, got ${got}`,
        at,
      );

export const notAGroupByExpression = (expression: string, at?: Position) =>
  compilation("000979", "42601", `[${expression}] is not a valid group by expression`, at);

export const groupingWithoutGroupBy = (name: string, at?: Position) =>
  compilation("002035", "42601", `${name} function without a GROUP BY`, at);

export const unsupportedArgumentType = (name: string, type: string) =>
  compilation("002016", "22000", `Function ${name} does not support ${type} argument type`);

export const unsupportedKeyType = (name: string, type: string) =>
  compilation("002270", "22000", `Function ${name} does not support ${type} argument type for keys`);

export const incompatibleTypes = (a: string, b: string) =>
  compilation("001010", "42846", `incompatible types: [${a}] and [${b}]`);

export const tryCastArguments = (from: string, to: string) =>
  compilation("001065", "22023", `Function TRY_CAST cannot be used with arguments of types ${from} and ${to}`);

/** `expression` as the plan has it. The code is that of other types that cannot be converted. */
export const invalidPredicate = (type: string, expression: string) =>
  compilation("001038", "22023", `Invalid data type [${type}] for predicate [${expression}]`);

export const cannotConvert = (expression: string, from: string, to: string) =>
  compilation(
    "001038",
    "22023",
    `Can not convert parameter '${expression}' of type [${from}] into expected type [${to}]`,
  );

/** `found` as the plan has it. */
export const argumentNotConstant = (name: string, place: number, found: string) =>
  compilation("001015", "22023", `argument ${place} to function ${name} needs to be constant, found '${found}'`);

export const invalidValue = (value: string, property: string) =>
  compilation("001008", "22023", `invalid value [${value}] for parameter '${property}'`);

export const numericNotRecognized = (value: string) =>
  new SnowflakeError("100038", "22018", `Numeric value '${value.trim()}' is not recognized`);

export const numericOutOfRange = (value: string) =>
  new SnowflakeError("100039", "22003", `Numeric value '${value}' is out of range`);

/** A number that has more digits in front than a type; `type` is NUMBER(p,s). */
export const outOfRepresentableRange = (value: string, precision: number, scale: number, nullable = true) =>
  new SnowflakeError(
    "100046",
    "22003",
    `Number out of representable range: type FIXED[${storageOf(precision)}](${precision},${scale}){${nullable ? "nullable" : "not null"}}, value ${value}`,
  );

/** The storage class of a NUMBER with so many digits. */
export const storageOf = (precision: number): string =>
  `SB${precision <= 2 ? 1 : precision <= 4 ? 2 : precision <= 9 ? 4 : precision <= 18 ? 8 : 16}`;

export const booleanNotRecognized = (value: string) =>
  new SnowflakeError("100037", "22018", `Boolean value '${value}' is not recognized`);

export const timestampNotRecognized = (value: string) =>
  new SnowflakeError("100035", "22007", `Timestamp '${value}' is not recognized`);

export const dateNotRecognized = (value: string) =>
  new SnowflakeError("100040", "22007", `Date '${value}' is not recognized`);

export const timeNotRecognized = (value: string) =>
  new SnowflakeError("100108", "22007", `Time '${value}' is not recognized`);

export const divisionByZero = () => new SnowflakeError("100051", "22012", "Division by zero");

export const stringTooLong = (value: string) =>
  new SnowflakeError("100078", "22000", `String '${value}' is too long and would be truncated`);

export const nullInNonNullable = () => new SnowflakeError("100072", "22000", "NULL result in a non-nullable column");

export const errorParsingJson = (detail: string) =>
  new SnowflakeError("100069", "22P02", `Error parsing JSON: ${detail}`);

/** `value` as printed JSON, `type` as Snowflake's name of the target. */
export const failedToCastVariant = (value: string, type: string) =>
  new SnowflakeError("100071", "22000", `Failed to cast variant value ${value} to ${type}`);

export const notAVector = () =>
  new SnowflakeError(
    "100352",
    "22000",
    "Vector value being cast to a vector is not an array or vector, or has incorrect dimension or element type",
  );

export const noCurrentDatabase = (operation: string) =>
  new SnowflakeError(
    "090105",
    "22000",
    `Cannot perform ${operation}. This session does not have a current database. Call 'USE DATABASE', or use a qualified name.`,
  );

export const noCurrentSchema = (operation: string) =>
  new SnowflakeError(
    "090106",
    "22000",
    `Cannot perform ${operation}. This session does not have a current schema. Call 'USE SCHEMA', or use a qualified name.`,
  );

export const noActiveWarehouse = () =>
  new SnowflakeError(
    "000606",
    "57P03",
    "No active warehouse selected in the current session.  Select an active warehouse with the 'use warehouse' command.",
  );

export const bindVariableNotSet = (name: string, at?: Position) =>
  compilation("002049", "42601", `Bind variable ${name} not set.`, at);

export const sessionVariableDoesNotExist = (name: string) =>
  compilation("002211", "02000", `error line 1 at position 0\nSession variable '$${name}' does not exist`);

export const statementCountMismatch = (actual: number, desired: number) =>
  new SnowflakeError(
    "000008",
    "0A000",
    `Actual statement count ${actual} did not match the desired statement count ${desired}.`,
  );

export const executionCanceled = () => new SnowflakeError("000604", "57014", "SQL execution canceled");

export const notExecuting = () =>
  new SnowflakeError("000605", "02000", "Identified SQL statement is not currently executing.");

export const statementTimedOut = (seconds: number) =>
  new SnowflakeError(
    "000630",
    "57014",
    `Statement reached its statement or warehouse timeout of ${seconds} second(s) and was canceled.`,
  );

export const statementNotFound = (queryId: string) =>
  new SnowflakeError("000709", "02000", `Statement ${queryId} not found`);

/** `incident` is also in the log, next to the cause. */
export const internalError = (incident: string, cause?: unknown) =>
  new SnowflakeError(
    "000603",
    "XX000",
    `SQL execution internal error:\nProcessing aborted by error 300002:${incident}; incident ${incident}.`,
    { cause },
  );

export const incorrectPassword = () =>
  new SnowflakeError("390100", "08001", "Incorrect username or password was specified.");

export const userDisabled = () =>
  new SnowflakeError("390101", "08001", "User access disabled. Contact your local system administrator.");

export const addressNotAllowed = (address: string) =>
  new SnowflakeError(
    "390422",
    "08001",
    `Incoming request with IP/Token ${address} is not allowed to access Snowflake. Contact your account administrator. For more information about this error, go to https://community.snowflake.com/s/ip-xxxxxxxxxxxx-is-not-allowed-to-access.`,
  );

export const invalidJwt = (reference: string) =>
  new SnowflakeError("390144", "08001", `JWT token is invalid. [${reference}]`);

export const loginRoleNotAuthorized = (role: string) =>
  new SnowflakeError(
    "390189",
    "08004",
    `Role '${role}' specified in the connect string does not exist or not authorized. Contact your local system administrator, or attempt to login with another role, e.g. PUBLIC.`,
  );

/** A client asked at login that what it names must be there. `kind`: database, schema or warehouse. */
export const loginObjectMissing = (kind: string) =>
  new SnowflakeError("390201", "08004", `The requested ${kind} does not exist or not authorized.`);

export const sessionTokenMissing = () =>
  new SnowflakeError("390103", "08001", "Session token not found in the request data.");

export const sessionTokenInvalid = () => new SnowflakeError("390104", "08001", "Session token is invalid.");

export const sessionGone = () =>
  new SnowflakeError("390111", "08001", "Session no longer exists.  New login required to access the service.");

export const sessionExpired = () =>
  new SnowflakeError("390112", "08001", "Your session has expired. Please login again.");

export const authenticationExpired = () =>
  new SnowflakeError("390114", "08001", "Authentication token has expired.  The user must authenticate again.");
