import assert from "node:assert/strict";
import fc from "fast-check";
import type { Connection } from "snowflake-sdk";
import type { LocalServer } from "../../../local/index";
import { answer } from "../cases/runner";
import { connect, disconnect, startServer } from "../support";

interface Operand {
  precision: number;
  scale: number;
  digits: bigint;
}

/** Numbers at the limits of their types and between. */
const upTo = (precision: number, scale: number): fc.Arbitrary<Operand> =>
  fc
    .tuple(fc.integer({ min: 1, max: precision }), fc.integer({ min: 0, max: scale }))
    .map(([precision, scale]) => ({ precision, scale: Math.min(precision, scale) }))
    .chain(({ precision, scale }) => {
      const most = 10n ** BigInt(precision) - 1n;
      const digits = fc.oneof(fc.constantFrom(most, -most, most / 2n), fc.bigInt({ min: -most, max: most }));
      return digits.map((found) => ({ precision, scale, digits: found }));
    });

const operand = upTo(19, 19);

function text(digits: bigint, scale: number): string {
  const all = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, "0");
  const at = all.length - scale;
  return `${digits < 0n ? "-" : ""}${all.slice(0, at)}${scale > 0 ? `.${all.slice(at)}` : ""}`;
}

const sql = ({ digits, scale, precision }: Operand): string =>
  `('${text(digits, scale)}'::NUMBER(${precision}, ${scale}))`;

const scaled = ({ digits, scale }: Operand, wanted: number): bigint => digits * 10n ** BigInt(wanted - scale);

/** Half away from zero. */
function rounded(digits: bigint, scale: number, wanted: number): bigint {
  if (wanted >= scale) return digits * 10n ** BigInt(wanted - scale);
  const unit = 10n ** BigInt(scale - wanted);
  const size = ((digits < 0n ? -digits : digits) * 2n + unit) / (2n * unit);
  return digits < 0n ? -size : size;
}

const LARGEST = 10n ** 38n;

/** The quotient, half away from zero, with the decimals of the page on operators; undefined where a NUMBER has no room for it. */
function quotient(a: Operand, b: Operand): string | undefined {
  const scale = Math.max(a.scale, Math.min(a.scale + 6, 12));
  if (b.digits === 0n) return text(0n, scale);
  const [x, y] = [scaled(a, a.scale) * 10n ** BigInt(scale - a.scale + b.scale), b.digits];
  const [size, by] = [x < 0n ? -x : x, y < 0n ? -y : y];
  const digits = (2n * size + by) / (2n * by);
  return digits >= LARGEST ? undefined : text(x < 0n === y < 0n ? digits : -digits, scale);
}

/** What is left has the sign of the dividend. */
function remainder(a: Operand, b: Operand): string | undefined {
  const finer = Math.max(a.scale, b.scale);
  const [x, y] = [scaled(a, finer), scaled(b, finer)];
  const fits = (n: bigint) => n < LARGEST && -n < LARGEST;
  return b.digits !== 0n && fits(x) && fits(y) ? text(x % y, finer) : undefined;
}

/** By the rules of https://docs.snowflake.com/en/sql-reference/operators-arithmetic */
function expected(operator: string, a: Operand, b: Operand): string {
  const finer = Math.max(a.scale, b.scale);
  if (operator !== "*") {
    const [x, y] = [scaled(a, finer), scaled(b, finer)];
    return text(operator === "+" ? x + y : x - y, finer);
  }
  const scale = Math.min(a.scale + b.scale, Math.max(a.scale, b.scale, 12));
  return text(rounded(a.digits * b.digits, a.scale + b.scale, scale), scale);
}

describe("Arithmetic of NUMBERs", () => {
  let server: LocalServer;
  let connection: Connection;
  before(async () => {
    server = await startServer();
    connection = await connect(server, { role: "ACCOUNTADMIN", representNullAsStringNull: false });
  });
  after(async () => {
    await disconnect(connection);
    await server.close();
  });

  it("is exact for operands of any number of digits whose result has up to 38", async () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom("+", "-", "*"), operand, operand), {
      minLength: 20,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(pairs, async (terms) => {
        const columns = terms.map(([operator, a, b]) => `${sql(a)} ${operator} ${sql(b)}`);
        const { rows } = await answer(connection, `SELECT ${columns.join(", ")}`);
        assert.deepEqual(
          rows[0],
          terms.map(([operator, a, b]) => expected(operator, a, b)),
        );
      }),
      { numRuns: 30 },
    );
  });

  it("divides numbers of up to 38 digits exactly, by DIV0 and MOD too", async () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom("DIV0", "DIV0NULL", "MOD"), upTo(38, 12), upTo(38, 6)), {
      minLength: 20,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(pairs, async (terms) => {
        const known = terms
          .map(([name, a, b]) => ({
            call: `${name}(${sql(a)}, ${sql(b)})`,
            is: (name === "MOD" ? remainder : quotient)(a, b),
          }))
          .filter(({ is }) => is !== undefined);
        fc.pre(known.length > 0);
        const { rows } = await answer(connection, `SELECT ${known.map(({ call }) => call).join(", ")}`);
        assert.deepEqual(
          rows[0],
          known.map(({ is }) => is),
        );
      }),
      { numRuns: 30 },
    );
  });
});
