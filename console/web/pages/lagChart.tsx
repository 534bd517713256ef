import type { Refresh } from "../../api/health";
import { duration, mark, plural } from "../format/numbers";
import { Chart } from "../ui/chart";

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30]
  .concat([1, 2, 5, 10, 20, 30].map((minutes) => minutes * 60))
  .concat([1, 2, 6, 12, 24, 48, 168].map((hours) => hours * 3600));

/** How old the data was after each refresh, against the target. */
export function LagChart({ refreshes, targetSeconds }: { refreshes: Refresh[]; targetSeconds: number | null }) {
  const done = refreshes.filter(({ lagSeconds }) => lagSeconds !== null);
  const worst = Math.max(0, ...done.map(({ lagSeconds }) => lagSeconds ?? 0));
  const failed = refreshes.filter(({ state }) => state.includes("FAILED")).length;
  return (
    <Chart
      label={`Lag after the last ${plural(done.length, "refresh").replace("refreshs", "refreshes")}: at most ${duration(worst)}, target ${duration(targetSeconds)}, ${failed} failed`}
      at={done.map(({ endedAt }) => Date.parse(endedAt as string))}
      series={[
        { label: "lag", kind: "line", values: done.map(({ lagSeconds }) => lagSeconds) },
        ...(targetSeconds === null
          ? []
          : [{ label: "target", kind: "target" as const, color: "--muted", values: done.map(() => targetSeconds) }]),
      ]}
      unit={(seconds, step) => (seconds < 60 ? `${mark(seconds, step)} s` : duration(seconds))}
      steps={STEPS}
    />
  );
}
