import type { PlanAnswer } from "../../../api/plans";
import type { Plan } from "./draft";

export interface AnswerChart {
  group: string;
  measure: string;
  /** Milliseconds, or names. */
  at: number[] | string[];
  values: (number | null)[];
}

const MOST_BARS = 60;
const TIMES = new Set(["hour", "day", "week", "month"]);

/** One group and a number per row can be drawn: over time in its order, otherwise as the rows come. */
export function chartOf({ rows, columns }: PlanAnswer, plan: Plan): AnswerChart | undefined {
  const groups = Array.isArray(plan.group_by) ? (plan.group_by as string[]) : [];
  const [group] = groups;
  if (group === undefined || groups.length !== 1 || rows.length < 2) return undefined;
  const measure = columns.find((name) => name !== group && rows.some((row) => typeof row[name] === "number"));
  if (measure === undefined) return undefined;
  const value = (row: (typeof rows)[number]) => (typeof row[measure] === "number" ? row[measure] : null);
  if (TIMES.has(group)) {
    const timed = rows
      .map((row) => ({ at: Date.parse(startOf(String(row[group]))), value: value(row) }))
      .filter(({ at }) => !Number.isNaN(at))
      .sort((a, b) => a.at - b.at);
    return { group, measure, at: timed.map(({ at }) => at), values: timed.map(({ value: number }) => number) };
  }
  const shown = rows.slice(0, MOST_BARS);
  return { group, measure, at: shown.map((row) => String(row[group] ?? "–")), values: shown.map(value) };
}

/** `2026-11` and `2026-11-25` begin at midnight of the reader, so that the axis names the day that is meant. */
const startOf = (text: string): string =>
  text.includes("T") ? text : `${text.length === 7 ? `${text}-01` : text}T00:00:00`;
