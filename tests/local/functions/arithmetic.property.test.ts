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
const operand: fc.Arbitrary<Operand> = fc
  .tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 0, max: 19 }))
  .map(([precision, scale]) => ({ precision, scale: Math.min(precision, scale) }))
  .chain(({ precision, scale }) => {
    const most = 10n ** BigInt(precision) - 1n;
    const digits = fc.oneof(fc.constantFrom(most, -most, most / 2n), fc.bigInt({ min: -most, max: most }));
    return digits.map((found) => ({ precision, scale, digits: found }));
  });

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
});
