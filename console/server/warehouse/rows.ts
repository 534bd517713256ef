/** A row as the driver gives it, keys in upper case. */
export type Row = Record<string, unknown>;

/** Readers of single cells; each says what an absent value becomes. */
export const text = (value: unknown): string => (value === null || value === undefined ? "" : String(value));

export const textOrNull = (value: unknown): string | null =>
  value === null || value === undefined ? null : String(value);

export const number = (value: unknown): number => Number(value ?? 0);

export const numberOrNull = (value: unknown): number | null =>
  value === null || value === undefined ? null : Number(value);

/**
 * ISO 8601 in UTC. The driver reads TIMESTAMP_NTZ as UTC, which is what the warehouse keeps, and other types as the instant they are.
 */
export const instantOrNull = (value: unknown): string | null =>
  value instanceof Date ? new Date(value.getTime()).toISOString() : textOrNull(value);

export const instant = (value: unknown): string => instantOrNull(value) ?? "";
