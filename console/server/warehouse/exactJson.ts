import { isSafeNumber, parse, stringify } from "lossless-json";

/** Parses JSON and keeps every digit of every number. */
export const parseExact = (json: string): unknown => parse(json);

/** Indented JSON with every digit. */
export const exactJson = (value: unknown): string => stringify(value, undefined, 2) ?? "null";

/** Parses JSON into plain values; a number that a double cannot hold becomes text with its digits. */
export const parsePlain = (json: string): unknown =>
  parse(json, undefined, (digits) => (isSafeNumber(digits) ? Number(digits) : digits));
