import type { ReactNode } from "react";

interface LinesProps<T> {
  title: string;
  /** Text of the button that adds a line. */
  add: string;
  items: T[];
  /** What a new line holds. */
  blank: T;
  onChange: (items: T[]) => void;
  /** @param name says which line it is, for labels */
  children: (item: T, change: (item: T) => void, name: string) => ReactNode;
}

/** A part of a plan that may have any number of lines. */
export function Lines<T>({ title, add, items, blank, onChange, children }: LinesProps<T>) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {items.map((item, index) => {
        const name = `${title.toLowerCase()}, line ${index + 1}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
          <div key={index} className="line">
            {children(item, (next) => onChange(items.with(index, next)), name)}
            <button
              type="button"
              className="quiet"
              aria-label={`Remove ${name}`}
              onClick={() => onChange(items.toSpliced(index, 1))}
            >
              ✕
            </button>
          </div>
        );
      })}
      <div>
        <button type="button" onClick={() => onChange([...items, blank])}>
          {add}
        </button>
      </div>
    </fieldset>
  );
}
