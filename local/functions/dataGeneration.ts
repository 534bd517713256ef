import { visit } from "../../dialect/index";
import { argumentNotConstant, SnowflakeError, unsupportedFeature } from "../errors";
import { type Bound, bound, isNullLiteral } from "../translate/bound";
import { cast } from "../translate/conversion/cast";
import { planText } from "../translate/planText";
import { quote } from "../translate/sql";
import { FLOAT, number, varchar } from "../types/dataType";
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

/**
 * A number between two bounds: of exact ones with as many decimals as the finer of them, of others a double.
 * Source: …/functions/uniform
 */
function uniform(call: Call): Bound {
  const bounds = [call.numeric(0), call.numeric(1)];
  const exact = bounds.flatMap(({ type }) => (type.kind === "NUMBER" ? [type] : []));
  if (exact.length < bounds.length || call.args.slice(0, 2).some(({ type }) => type.kind !== "NUMBER"))
    return call.result(`sf_uniform_float(${call.float(0)}, ${call.float(1)}, ${source(call, 2)})`, FLOAT);
  const scale = Math.max(...exact.map((type) => type.scale));
  const whole = Math.max(...exact.map((type) => type.precision - type.scale));
  const precision = Math.min(38, Math.max(2, whole + scale));
  const type = number(precision, scale);
  const physical = `DECIMAL(${precision},${scale})`;
  if (scale === 0)
    return call.result(`sf_uniform_int(${call.int(0)}, ${call.int(1)}, ${source(call, 2)})::${physical}`, type);
  const steps = ({ sql }: Bound) => `((${sql})::DECIMAL(38,${scale}) * ${10n ** BigInt(scale)})::BIGINT`;
  const drawn = `sf_uniform_int(${bounds.map(steps).join(", ")}, ${source(call, 2)})`;
  return call.result(`(${drawn}::DECIMAL(38,${scale}) / ${10n ** BigInt(scale)})::${physical}`, type);
}

/** 64 random bits; with a seed the same numbers in the same order each time. Source: …/functions/random */
function random(call: Call): Bound {
  if (!call.has(0))
    return bound(
      "(floor(random() * 18446744073709551615) - 9223372036854775808)::HUGEINT::DECIMAL(19,0)",
      number(19, 0),
      false,
    );
  requireSeed(call);
  const place = quote(`${call.binder.context.queryId}:${call.binder.shared.fresh("random")}`);
  return bound(`sf_seeded_random(${call.int(0)}, ${place})::DECIMAL(19,0)`, number(19, 0), false);
}

/** A seed is the same for all rows and is no NULL. */
function requireSeed(call: Call): void {
  const seed = call.arg(0);
  if (isNullLiteral(seed))
    throw new SnowflakeError("100069", "22023", "Invalid parameter value: NULL. Reason: seed must not be NULL");
  const written = call.node_(0);
  let isConstant = true;
  visit(written, {
    ColumnReference: () => {
      isConstant = false;
    },
    SubqueryExpression: () => {
      isConstant = false;
    },
  });
  if (!isConstant) throw argumentNotConstant("RANDOM", 1, planText(call.binder, written));
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
