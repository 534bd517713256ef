import { localTime, utcTime } from "../format/time";

/** A time in the reader's zone; UTC on hover. */
export function Time({ iso }: { iso: string | null }) {
  if (iso === null || iso === "") return <span className="muted">–</span>;
  return (
    <time dateTime={iso} title={utcTime(iso)}>
      {localTime(iso)}
    </time>
  );
}
