import { useEffect, useRef } from "react";
import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { mark } from "../format/numbers";
import { useTheme } from "./theme";

export interface Series {
  label: string;
  values: (number | null)[];
  kind: "bars" | "line" | "target";
  /** A CSS custom property. */
  color?: string;
}

interface ChartProps {
  /** Says in words what the chart shows; read instead of it. */
  label: string;
  /** Milliseconds since 1970, or texts for categories. */
  at: number[] | string[];
  series: Series[];
  /** Writes a mark of the axis of values, given how far its marks are apart. */
  unit?: (value: number, step: number) => string;
  /** How far these marks may be apart; default: what is round in decimals. */
  steps?: number[];
  height?: number;
}

const ACCENT = "--accent";
const FONT = '12px system-ui, -apple-system, "Segoe UI", sans-serif';

/** A chart that fits its place, in the colours of the theme, with time in the reader's zone. */
export function Chart({ label, at, series, unit = mark, steps, height = 180 }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const theme = useTheme();
  const shape = JSON.stringify([at.length, typeof at[0], series.map(({ label, kind, color }) => [label, kind, color])]);
  const plot = useRef<uPlot>(undefined);
  const unitRef = useRef(unit);
  unitRef.current = unit;
  const data = dataOf(at, series);
  const dataRef = useRef(data);
  dataRef.current = data;
  const names = useRef(at);
  names.current = at;

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew when shape, size or theme change; the data is set below
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const made = new uPlot(optionsOf(element, series, names, unitRef, steps, height), dataRef.current, element);
    plot.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = undefined;
    };
  }, [shape, theme, height]);

  useEffect(() => plot.current?.setData(data), [data]);

  return (
    <>
      <div ref={place} className="chart" role="img" aria-label={label} />
      {series.length > 1 && <Legend series={series} />}
    </>
  );
}

/** Which line is which; the chart's own words say it to those who do not see. */
const Legend = ({ series }: { series: Series[] }) => (
  <ul className="legend muted small" aria-hidden="true">
    {series.map(({ label, kind, color = ACCENT }) => (
      <li key={label}>
        <span className={kind === "target" ? "swatch dashed" : "swatch"} style={{ borderColor: `var(${color})` }} />
        {label}
      </li>
    ))}
  </ul>
);

function dataOf(at: number[] | string[], series: Series[]): uPlot.AlignedData {
  const x = typeof at[0] === "string" ? at.map((_, index) => index) : (at as number[]).map((millis) => millis / 1000);
  return [x, ...series.map(({ values }) => values)] as uPlot.AlignedData;
}

function optionsOf(
  element: HTMLElement,
  series: Series[],
  names: { current: number[] | string[] },
  unit: { current: (value: number, step: number) => string },
  steps: number[] | undefined,
  height: number,
): uPlot.Options {
  // A canvas knows no variables: what the theme makes of one is asked of the element.
  const color = (name: string) => {
    element.style.color = `var(${name})`;
    return getComputedStyle(element).color;
  };
  const isCategory = typeof names.current[0] === "string";
  const isSingle = names.current.length === 1;
  const axis = {
    stroke: color("--muted"),
    font: FONT,
    grid: { stroke: color("--line"), width: 1 },
    ticks: { show: false },
  };
  const hasBars = series.some(({ kind }) => kind === "bars");
  const barWidth = (span: number) =>
    isCategory ? 1.2 : hasBars && names.current.length > 1 ? span / (names.current.length - 1) : 0;
  // On a phone a fifth of a bar is less than the screen can show.
  const bars = uPlot.paths.bars?.({ size: [0.8, 40], gap: 1, radius: 0.1 });
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { show: false } },
    padding: [8, 16, 0, 0],
    scales: {
      x: { time: !isCategory, range: (_, min, max) => widen(min, isSingle ? min : max, barWidth) },
      y: { range: (_, min, max) => [Math.min(0, min * 1.1), max > 0 ? max * 1.1 : min < 0 ? 0 : 1] },
    },
    axes: [
      {
        ...axis,
        space: 76,
        grid: { show: false },
        ...(isCategory
          ? {
              splits: () => names.current.map((_, index) => index),
              values: (_: uPlot, splits: number[]) =>
                splits.map((index) => shorten(String(names.current[index] ?? ""))),
            }
          : {
              incrs: CLOCK_STEPS,
              values: (_: uPlot, splits: number[], __: number, ___: number, step: number) => timeLabels(splits, step),
            }),
      },
      {
        ...axis,
        size: (_, marks) => 20 + 7 * Math.max(4, ...(marks ?? []).map(({ length }) => length)),
        values: (_, splits, __, ___, step) => splits.map((value) => unit.current(value, step)),
        ...(steps ? { incrs: steps } : {}),
      },
    ],
    series: [
      {},
      ...series.map(({ label, kind, color: name = ACCENT }) => ({
        label,
        stroke: color(name),
        width: kind === "bars" ? 0 : 1.5,
        // One value alone makes no line.
        points: { show: isSingle && kind !== "bars" },
        spanGaps: true,
        ...(kind === "bars" ? { fill: color(name), ...(bars ? { paths: bars } : {}) } : {}),
        ...(kind === "target" ? { dash: [4, 4] } : {}),
      })),
    ],
  };
}

export const WHOLE_STEPS = Array.from({ length: 15 }, (_, power) => [1, 2, 5].map((step) => step * 10 ** power)).flat();

const DAY_SECONDS = 86_400;
/** A clock shows seconds: marks that are closer would read the same. */
const CLOCK_STEPS = [
  ...[1, 5, 10, 15, 30],
  ...[1, 5, 10, 15, 30].map((minutes) => minutes * 60),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * 3600),
  ...[1, 2, 3, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730, 1825].map((days) => days * DAY_SECONDS),
];

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const clockWithSeconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** The clock within a day, the date beyond; the first label and each new day say the date too. */
function timeLabels(seconds: number[], step: number): string[] {
  let before = "";
  return seconds.map((second) => {
    const at = new Date(second * 1000);
    const day = date.format(at);
    if (step >= DAY_SECONDS) return day;
    const time = (step < 60 ? clockWithSeconds : clock).format(at);
    const isNewDay = day !== before;
    before = day;
    return isNewDay ? `${time}\n${day}` : time;
  });
}

/** Room for the first and the last bar; a single instant stands in the middle of an hour. */
function widen(min: number, max: number, barWidth: (span: number) => number): [number, number] {
  const room = min === max ? 1800 : barWidth(max - min) / 2;
  return [min - room, max + room];
}

const shorten = (name: string) => (name.length > 14 ? `${name.slice(0, 13)}…` : name);
