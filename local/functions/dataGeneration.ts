import { SnowflakeError, unsupportedFeature } from "../errors";
import { type Bound, bound } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { quote } from "../translate/sql";
import { type DataType, FLOAT, number, varchar } from "../types/dataType";
import { type Call, type FunctionEntry, type FunctionTable, scalar } from "./call";

const BITS = number(38, 0);

/** The generator argument: a source of random 64-bit numbers, or a constant that always gives the same. */
const source = (call: Call, i: number): string =>
  `sf_bits64((${cast(call.numeric(i), BITS, call.settings).sql})::HUGEINT)`;

/** The number of the row in its GENERATOR, from 0; elsewhere the place in the result. */
function rowNumber(call: Call): string {
  const { relations } = call.binder.scope;
  const [only] = relations;
  if (relations.length === 1 && only?.rowNumber) return only.rowNumber;
  const { scope } = call.binder;
  if (scope.insideAggregate || scope.insideWindow || (scope.clause && scope.clause !== "qualify"))
    throw unsupportedFeature(
      `${call.name} at this place of a query over tables; expected in the select list, or over one GENERATOR`,
    );
  scope.usage.windows++;
  return "(row_number() OVER () - 1)";
}

/** SEQ functions wrap around behind the largest number of their width, to 0 or with `1` to the smallest. Source: …/functions/seq1 */
const sequence = (bytes: number, digits: number): FunctionEntry =>
  scalar(
    0,
    1,
    (call) => {
      const size = 256n ** BigInt(bytes);
      const row = `(${rowNumber(call)})::HUGEINT`;
      const sign = call.has(0) ? call.arg(0).literal?.text : "0";
      if (sign !== "0" && sign !== "1")
        throw new SnowflakeError(
          "100069",
          "22023",
          `Invalid parameter value: ${sign ?? call.binder.source(call.node_(0).span)}. Reason: sign must be 0 or 1`,
        );
      const signed = sign === "1";
      const value = signed ? `((${row} + ${size / 2n}) % ${size} - ${size / 2n})` : `(${row} % ${size / 2n})`;
      return bound(`${value}::DECIMAL(${digits},0)`, number(digits, 0), false);
    },
    { volatile: true },
  );

/** Source: …/functions/uniform */
function uniform(call: Call): Bound {
  const [low, high] = [call.numeric(0), call.numeric(1)];
  const isWhole = [low, high].every(({ type }) => type.kind === "NUMBER" && type.scale === 0);
  if (!isWhole) return call.result(`sf_uniform_float(${call.float(0)}, ${call.float(1)}, ${source(call, 2)})`, FLOAT);
  const precision = Math.max(...[low, high].map(({ type }) => (type as DataType & { kind: "NUMBER" }).precision));
  return call.result(
    `sf_uniform_int(${call.int(0)}, ${call.int(1)}, ${source(call, 2)})::DECIMAL(${precision},0)`,
    number(precision, 0),
  );
}

/** 64 random bits; with a seed the same numbers in the same order each time. Source: …/functions/random */
function random(call: Call): Bound {
  if (!call.has(0))
    return bound(
      "(floor(random() * 18446744073709551615) - 9223372036854775808)::HUGEINT::DECIMAL(19,0)",
      number(19, 0),
      false,
    );
  const place = quote(`${call.binder.context.queryId}:${call.binder.shared.fresh("random")}`);
  return bound(`sf_seeded_random(${call.int(0)}, ${place})::DECIMAL(19,0)`, number(19, 0), false);
}

/** A random identifier, or that of a name in a namespace (version 5). Source: …/functions/uuid_string */
function uuid(call: Call): Bound {
  if (call.count === 0) return bound("uuid()::VARCHAR", varchar(36), false);
  return call.result(`sf_uuid5(${call.text(0)}, ${call.text(1)})`, varchar(36));
}

/** Source: https://docs.snowflake.com/en/sql-reference/functions-data-generation */
export const dataGenerationFunctions: FunctionTable = {
  RANDOM: scalar(0, 1, random, { volatile: true }),
  UUID_STRING: scalar(0, 2, uuid, { volatile: true }),
  SEQ1: sequence(1, 3),
  SEQ2: sequence(2, 5),
  SEQ4: sequence(4, 10),
  SEQ8: sequence(8, 19),
  UNIFORM: scalar(3, 3, uniform),
  NORMAL: scalar(3, 3, (call) =>
    call.result(`sf_normal(${call.float(0)}, ${call.float(1)}, ${source(call, 2)})`, FLOAT),
  ),
  ZIPF: scalar(3, 3, (call) =>
    call.result(`sf_zipf(${call.float(0)}, ${call.int(1)}, ${source(call, 2)})::DECIMAL(18,0)`, number(18, 0)),
  ),
  RANDSTR: scalar(2, 2, (call) => call.result(`sf_randstr(${call.int(0)}, ${source(call, 1)})`, varchar())),
};
