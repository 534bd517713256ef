const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    formatter = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
      era: "short",
    });
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** What the clocks and calendars of a zone show. Years before Christ count from 0 down. */
export interface WallClock {
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** The wall clock of a zone at an instant, given in milliseconds since 1970. */
export function wallClock(millis: number, zone: string): WallClock {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(millis)
      .map(({ type, value }) => [type, value]),
  );
  return {
    year: parts.era?.startsWith("B") ? 1 - Number(parts.year) : Number(parts.year),
    month: Number(parts.month),
    day: Number(parts.day),
    hour: Number(parts.hour),
    minute: Number(parts.minute),
    second: Number(parts.second),
  };
}

/** When the clocks of a zone show a time, given and answered in microseconds since 1970; of two such instants the earlier one. */
export function instantOf(wallMicros: bigint, zone: string): bigint {
  const ahead = (instant: bigint) => BigInt(zoneOffset(instant, zone)) * 60_000_000n;
  const earlier = wallMicros - ahead(wallMicros - 86_400_000_000n);
  return ahead(earlier) === wallMicros - earlier ? earlier : wallMicros - ahead(earlier);
}

/** Minutes that the clocks of a zone are ahead of UTC at an instant, given in microseconds since 1970. */
export function zoneOffset(utcMicros: bigint, zone: string): number {
  const millis = Number(utcMicros / 1000n);
  const { year, month, day, hour, minute, second } = wallClock(millis, zone);
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  wall.setUTCHours(hour, minute, second);
  return Math.floor((wall.getTime() - Math.floor(millis / 1000) * 1000) / 60_000);
}
