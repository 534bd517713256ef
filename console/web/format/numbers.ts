const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const compactMark = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 3 });
const credits = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** `16,542` */
export const count = (value: number): string => whole.format(value);

/** `16,542`, and `1.2M` from a million on */
export const shortCount = (value: number): string => (Math.abs(value) < 1e6 ? whole : compact).format(value);

/** `0.42`, `1.2M` from a million on, and a dash for what is not known. */
export function creditText(value: number | null | undefined): string {
  if (value == null) return "–";
  if (value >= 1e6) return compact.format(value);
  return value > 0 && value < 0.01 ? "< 0.01" : credits.format(value);
}

/** A mark of an axis: as many decimals as its marks are apart, at least `least`, so that no two read the same. */
export function mark(value: number, step: number, least = 0): string {
  if (Math.abs(value) >= 1e6) return compactMark.format(value);
  const decimals = Math.max(least, decimalsOf(step));
  return value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** The decimals of the number in a column that has the most. */
export const decimalsIn = (values: readonly unknown[]): number =>
  Math.max(0, ...values.map((value) => (/^-?\d+\.(\d+)$/.exec(String(value))?.[1] ?? "").length));

/** A number under others: points stand below each other, and no digit is lost. */
export const inColumn = (value: number, decimals: number): string =>
  /e/.test(String(value))
    ? String(value)
    : value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: 20 });

function decimalsOf(step: number): number {
  let decimals = 0;
  while (decimals < 12 && Math.abs(Number(step.toFixed(decimals)) - step) > step * 1e-6) decimals++;
  return decimals;
}

/** `1.2 kB`, with decimal units. */
export function bytes(value: number | null): string {
  if (value === null) return "–";
  const units = ["B", "kB", "MB", "GB", "TB"];
  let size = value;
  let unit = 0;
  while (Math.round(size * 10) >= 10_000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}

/** `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h` */
export function duration(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 9.95) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
  if (seconds < 59.5) return `${Math.round(seconds)} s`;
  if (seconds < 3599.5) return pair(Math.round(seconds), 60, "min", "s");
  if (seconds < 86_400) return pair(Math.round(seconds) / 60, 60, "h", "min");
  return pair(seconds / 3600, 24, "d", "h");
}

function pair(value: number, base: number, big: string, small: string): string {
  const rest = Math.floor(value % base);
  return `${Math.floor(value / base)} ${big}${rest === 0 ? "" : ` ${rest} ${small}`}`;
}

/** `1 event`, `2 events` */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
