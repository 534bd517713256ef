import {
  compilationError,
  divisionByZero,
  internalError,
  numericOutOfRange,
  outOfRepresentableRange,
  SnowflakeError,
  unsupportedFeature,
} from "../errors";
import { log, newIncident } from "../log";

/**
 * Functions in `udf/` throw inside DuckDB; their SnowflakeError travels as text in DuckDB's message:
 * `\u0001code|sqlState|message\u0002`.
 */
export const encodeForEngine = (error: SnowflakeError): Error =>
  new Error(`\u0001${error.code}|${error.sqlState}|${error.message}\u0002`);

// A NUL byte in the text cuts the message off.
const CARRIED = /\u0001(\d{6})\|(\w{5})\|([\s\S]*?)(?:\u0002|$)/;

const OUT_OF_MEMORY = "300005";

export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof SnowflakeError && error.code === OUT_OF_MEMORY;

/** Ten digits at most, as messages write doubles: `1e+39`. */
const doubleText = (digits: string): string =>
  String(Number(Number(digits).toPrecision(10))).replace(/e([+-])(\d)$/, "e$10$2");

/** What whole numbers would have given. */
function overflow(a: string, operator: string, b: string): SnowflakeError {
  const [x, y] = [BigInt(a), BigInt(b)];
  const value = operator === "*" ? x * y : operator === "+" ? x + y : x - y;
  return outOfRepresentableRange(String(value), 38, 0);
}

/** DuckDB's own words → Snowflake's. What is not listed is a fault of the translation and becomes 000603, logged in full. */
const KNOWN: [RegExp, (match: RegExpMatchArray) => SnowflakeError][] = [
  [/[Dd]ivision by zero/, () => divisionByZero()],
  [
    /(?:Could not cast value (\S+)|Casting value "(.*?)") to (?:type )?DECIMAL\((\d+),(\d+)\)/,
    // A double is the value without quotes.
    (m) => outOfRepresentableRange(m[2] ?? doubleText(m[1] ?? ""), Number(m[3]), Number(m[4])),
  ],
  [/Could not cast value (\S+) to (DECIMAL|INT|BIGINT|HUGEINT|DOUBLE)/, (m) => numericOutOfRange(m[1] ?? "")],
  [/Failed to cast decimal value (\S+) to type/, (m) => numericOutOfRange(m[1] ?? "")],
  [/Type \S+ with value (\S+) can't be cast because the value is out of range/, (m) => numericOutOfRange(m[1] ?? "")],
  [
    /Argument for ntile must be greater than zero/,
    () => new SnowflakeError("100045", "22023", "NTILE argument must be at least 1"),
  ],
  [/Unknown TimeZone '([\s\S]*?)'/, (m) => new SnowflakeError("100283", "22023", `Unknown timezone: '${m[1] ?? ""}'`)],
  // Moments are shifted in microseconds.
  [
    /Date out of range|Overflow in multiplication of INT64 \(-?\d+ \* \d+000\)/,
    () => unsupportedFeature("dates and times that far from now"),
  ],
  [/Overflow in \w+ of DECIMAL[^ ]* \((-?\d+) ([+*-]) (-?\d+)\)/, (m) => overflow(m[1] ?? "", m[2] ?? "", m[3] ?? "")],
  [
    /Overflow in HUGEINT (?:addition|multiplication)/,
    () => new SnowflakeError("100058", "22000", "Value overflow in a SUM aggregate"),
  ],
  [/Overflow in \w+ of [^(]*(?:\([^)]*\))? ?\((.*?)\)/, (m) => numericOutOfRange(m[1] ?? "")],
  [/Out of Range Error: (\w+) is out of range!/, (m) => unsupportedFeature(`${m[1]} of values that are infinite`)],
  [
    /window expression is not supported here/,
    () => compilationError("002031", "42601", "Unsupported subquery type cannot be evaluated"),
  ],
  [/Max expression depth limit/, () => unsupportedFeature("expressions of that many operators within one another")],
  // DuckDB closes its file for good when a commit cannot be written; the message repeats the first cause.
  [
    /database has been invalidated/,
    () =>
      new SnowflakeError(
        "300004",
        "XX000",
        "The local server closed its data after it could not write to the disk. Make room and start it again; everything it reported is kept.",
      ),
  ],
  [
    /Out of Memory Error/,
    () =>
      new SnowflakeError(
        OUT_OF_MEMORY,
        "XX000",
        "Processing aborted: the local server ran out of memory for this statement. Start it with a greater --memory.",
      ),
  ],
  [
    /No space left on device/,
    () =>
      new SnowflakeError(
        "300004",
        "XX000",
        "The disk of the local server is full; nothing of this statement was stored.",
      ),
  ],
];

/** Without the part of the statement that stands below some messages: it may hold the words of another one. */
function withoutEcho(message: string): string {
  const at = message.lastIndexOf("\n\nLINE ");
  return at < 0 ? message : message.slice(0, at);
}

export function translateEngineError(error: unknown): unknown {
  if (error instanceof SnowflakeError || !(error instanceof Error)) return error;
  const carried = CARRIED.exec(error.message);
  if (carried) return new SnowflakeError(carried[1] as string, carried[2] as string, carried[3] as string);
  const message = withoutEcho(error.message);
  for (const [pattern, make] of KNOWN) {
    const match = pattern.exec(message);
    if (match) return make(match);
  }
  const incident = newIncident();
  log.error({ incident, error: error.message }, "engine error");
  return internalError(incident, error);
}
