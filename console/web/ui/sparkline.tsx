import { count } from "../format/numbers";

/** Small bars, one a day; their numbers are in the label. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length === 0) return <span className="muted">–</span>;
  const top = Math.max(1, ...values);
  const total = values.reduce((sum, value) => sum + value, 0);
  const label = `${count(total)} in ${values.length} days, at most ${count(Math.max(...values))} a day`;
  return (
    <svg
      className="sparkline"
      viewBox={`0 0 ${values.length * 4} 24`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {values.map((value, index) => {
        const height = value === 0 ? 0.5 : Math.max(1.5, (value / top) * 24);
        // biome-ignore lint/suspicious/noArrayIndexKey: the place is the day
        return <rect key={index} x={index * 4} y={24 - height} width={3} height={height} />;
      })}
    </svg>
  );
}
