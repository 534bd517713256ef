const UNIT_SECONDS = { second: 1, minute: 60, hour: 3600, day: 86_400 } as const;
const MINIMUM_SECONDS = 60;
const MAXIMUM_SECONDS = 28 * UNIT_SECONDS.day;

/**
 * Checks a target lag and returns it as SHOW DYNAMIC TABLES spells it: `1 minute`, `2 minutes`.
 * Snowflake takes no lag below 60 seconds (CREATE DYNAMIC TABLE, TARGET_LAG); above four weeks an events table serves nobody.
 */
export function parseTargetLag(text: string): string {
  const match = /^\s*(\d{1,9})\s+(second|minute|hour|day)s?\s*$/i.exec(text);
  if (!match) {
    throw new RangeError(
      `expected a number and seconds, minutes, hours or days, such as "1 minute", found ${JSON.stringify(text)}`,
    );
  }
  const amount = Number(match[1]);
  const unit = (match[2] as string).toLowerCase() as keyof typeof UNIT_SECONDS;
  const seconds = amount * UNIT_SECONDS[unit];
  if (seconds < MINIMUM_SECONDS || seconds > MAXIMUM_SECONDS) {
    throw new RangeError(`expected at least 60 seconds and at most 28 days, found ${JSON.stringify(text)}`);
  }
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}
