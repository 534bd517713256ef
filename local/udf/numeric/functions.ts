import { BOOLEAN, DOUBLE, HUGEINT, INTEGER, VARCHAR } from "@duckdb/node-api";
import {
  divisionByZero,
  numericNotRecognized,
  numericOutOfRange,
  outOfRepresentableRange,
  SnowflakeError,
} from "../../errors";
import { doubleText } from "../json/node";
import type { EngineFunction } from "../scalarFunction";
import { decimalFromText, divideRounded, fitDecimal, unscaledText } from "./decimal";
import { formatNumber, formatSpecial } from "./formatNumber";
import { parseNumber } from "./parseNumber";

const LIMIT = 10n ** 38n;

const cannotParse = (given: string, format: string) =>
  new SnowflakeError("100140", "22007", `Can't parse '${given}' as number with format '${format}'`);

export const numericFunctions: EngineFunction[] = [
  {
    name: "sf_format_number",
    parameters: [VARCHAR, VARCHAR],
    returns: VARCHAR,
    compute: formatNumber,
  },
  {
    name: "sf_format_double",
    parameters: [DOUBLE, VARCHAR],
    returns: VARCHAR,
    compute: (value: number, format: string) => {
      const text = decimalFromText(String(value));
      if (text === null) return formatSpecial(value < 0, format, doubleText(value));
      return formatNumber(text, format);
    },
  },
  {
    name: "sf_parse_number",
    parameters: [VARCHAR, VARCHAR, INTEGER, INTEGER, BOOLEAN],
    returns: VARCHAR,
    compute: (given: string, format: string, precision: number, scale: number, attempt: boolean) => {
      const text = parseNumber(given, format);
      const fitted = text === null ? null : fitDecimal(text, precision, scale);
      if (fitted !== null || attempt) return fitted;
      if (text === null) throw cannotParse(given, format);
      throw numericOutOfRange(given);
    },
  },
  {
    name: "sf_parse_double",
    parameters: [VARCHAR, VARCHAR, BOOLEAN],
    returns: DOUBLE,
    compute: (given: string, format: string, attempt: boolean) => {
      const text = parseNumber(given, format);
      if (text === null && !attempt) throw cannotParse(given, format);
      return text === null ? null : Number(text);
    },
  },
  {
    name: "sf_number",
    parameters: [VARCHAR, INTEGER, INTEGER],
    returns: VARCHAR,
    compute: (given: string, precision: number, scale: number) => {
      const text = decimalFromText(given);
      if (text === null) throw numericNotRecognized(given);
      const fitted = fitDecimal(text, precision, scale);
      if (fitted === null) throw numericOutOfRange(given);
      return fitted;
    },
  },
  {
    name: "sf_float",
    parameters: [VARCHAR],
    returns: DOUBLE,
    compute: (given: string) => {
      const text = given.trim().toLowerCase();
      if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text)) return Number(text);
      if (text === "nan") return Number.NaN;
      if (/^[+-]?inf(inity)?$/.test(text))
        return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
      throw numericNotRecognized(given);
    },
  },
  {
    // Unscaled operands; the result is unscaled at `scale`.
    name: "sf_divide",
    parameters: [HUGEINT, INTEGER, HUGEINT, INTEGER, INTEGER],
    returns: VARCHAR,
    compute: (a: bigint, aScale: number, b: bigint, bScale: number, scale: number) => {
      if (b === 0n) throw divisionByZero();
      const q = divideRounded(a * 10n ** BigInt(scale + bScale), b * 10n ** BigInt(aScale));
      if (q >= LIMIT || q <= -LIMIT) throw outOfRepresentableRange(unscaledText(q, scale), 38, scale);
      return unscaledText(q, scale);
    },
  },
  {
    name: "sf_divide_cut",
    parameters: [HUGEINT, INTEGER, HUGEINT, INTEGER, INTEGER],
    returns: VARCHAR,
    compute: (a: bigint, aScale: number, b: bigint, bScale: number, scale: number) => {
      if (b === 0n) throw divisionByZero();
      const q = (a * 10n ** BigInt(scale + bScale)) / (b * 10n ** BigInt(aScale));
      if (q >= LIMIT || q <= -LIMIT) throw outOfRepresentableRange(unscaledText(q, scale), 38, scale);
      return unscaledText(q, scale);
    },
  },
  {
    name: "sf_multiply",
    parameters: [HUGEINT, INTEGER, HUGEINT, INTEGER, INTEGER],
    returns: VARCHAR,
    compute: (a: bigint, aScale: number, b: bigint, bScale: number, scale: number) => {
      const product = a * b;
      const from = aScale + bScale;
      const q =
        from > scale ? divideRounded(product, 10n ** BigInt(from - scale)) : product * 10n ** BigInt(scale - from);
      if (q >= LIMIT || q <= -LIMIT) throw outOfRepresentableRange(unscaledText(q, scale), 38, scale);
      return unscaledText(q, scale);
    },
  },
];
