import { type ReactNode, useId } from "react";

interface CardProps {
  title: string;
  /** Beside the title: a badge or a link. */
  aside?: ReactNode;
  /** Takes the whole width of the grid. */
  wide?: boolean;
  children: ReactNode;
}

/** A titled part of a page. */
export function Card({ title, aside, wide, children }: CardProps) {
  const id = useId();
  return (
    <section className={wide ? "card wide" : "card"} aria-labelledby={id}>
      <header className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}

/** One number that matters, with what it is measured against. */
export function Figure({ value, unit, children }: { value: ReactNode; unit?: string; children?: ReactNode }) {
  return (
    <div className="figure">
      <p className="figure-value">
        <span className="nowrap">{value}</span>
        {unit && <span className="figure-unit"> {unit}</span>}
      </p>
      {children && <p className="figure-note">{children}</p>}
    </div>
  );
}

export type Tone = "good" | "warn" | "bad" | "plain";

/** A word about a state; the colour repeats it. */
export const Badge = ({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) => (
  <span className={`badge ${tone}`}>{children}</span>
);

/** The head of a page. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="page-head">
      <h1>{title}</h1>
      {children && <p className="page-note">{children}</p>}
    </div>
  );
}
