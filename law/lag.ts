const UNITS: Record<string, number> = {
  second: 1,
  seconds: 1,
  s: 1,
  minute: 60,
  minutes: 60,
  m: 60,
  hour: 3600,
  hours: 3600,
  h: 3600,
  day: 86_400,
  days: 86_400,
  d: 86_400,
};

/** `'1 minute'` → 60; undefined for DOWNSTREAM and for what is no length of time. Source: CREATE DYNAMIC TABLE, TARGET_LAG. */
export function lagSeconds(text: string): number | undefined {
  const [, count, unit = ""] = /^\s*(\d+)\s+([a-z]+)\s*$/i.exec(text) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return count !== undefined && factor !== undefined ? Number(count) * factor : undefined;
}
