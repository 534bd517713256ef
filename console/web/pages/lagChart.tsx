import type { Refresh } from "../../api/health";
import { duration, plural } from "../format/numbers";
import { Chart } from "../ui/chart";

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
      unit={(seconds) => (seconds >= 60 ? `${Math.round(seconds / 6) / 10} min` : `${Math.round(seconds * 10) / 10} s`)}
    />
  );
}
