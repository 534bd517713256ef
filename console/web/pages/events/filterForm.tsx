import { type FormEvent, useEffect, useState } from "react";
import type { EventFilter } from "./eventFilter";

interface FilterFormProps {
  filter: EventFilter;
  /** Actions to choose from. */
  actions: string[];
  onChange: (filter: EventFilter) => void;
}

const EMPTY: EventFilter = { action: "", actor: "", object: "", lane: "", from: "", to: "" };

/** What the list is restricted to. Applied on Enter or when a field is left. */
export function FilterForm({ filter, actions, onChange }: FilterFormProps) {
  const [draft, setDraft] = useState(filter);
  // On a phone all but the first field would push the events off the screen.
  const [isOpen, setOpen] = useState(false);
  const hidden = Object.entries(filter).filter(([name, value]) => name !== "action" && value !== "").length;
  const key = JSON.stringify(filter);
  useEffect(() => setDraft(JSON.parse(key)), [key]);
  const apply = (next: EventFilter) => {
    if (JSON.stringify(next) !== key) onChange(next);
  };
  const field = (name: "action" | "actor" | "object" | "lane") => ({
    id: `filter-${name}`,
    value: draft[name],
    onChange: ({ target }: { target: HTMLInputElement }) => setDraft({ ...draft, [name]: target.value }),
    onBlur: () => apply(draft),
  });
  const time = (name: "from" | "to") => ({
    id: `filter-${name}`,
    type: "datetime-local",
    value: toLocal(draft[name]),
    onChange: ({ target }: { target: HTMLInputElement }) => {
      const next = { ...draft, [name]: fromLocal(target.value) };
      setDraft(next);
      apply(next);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    apply(draft);
  };
  return (
    <search>
      <form id="filters" className={isOpen ? "filters open" : "filters"} onSubmit={submit} aria-label="Filter">
        <div>
          <label htmlFor="filter-action">Action, or prefix.*</label>
          <input {...field("action")} list="known-actions" placeholder="order.placed" spellCheck={false} />
          <datalist id="known-actions">
            {actions.map((action) => (
              <option key={action} value={action} />
            ))}
          </datalist>
        </div>
        <div className="more">
          <label htmlFor="filter-actor">Actor</label>
          <input {...field("actor")} spellCheck={false} />
        </div>
        <div className="more">
          <label htmlFor="filter-object">Object type, or type:id</label>
          <input {...field("object")} spellCheck={false} />
        </div>
        <div className="more">
          <label htmlFor="filter-lane">Lane</label>
          <input {...field("lane")} spellCheck={false} />
        </div>
        <div className="more">
          <label htmlFor="filter-from">Occurred from</label>
          <input {...time("from")} />
        </div>
        <div className="more">
          <label htmlFor="filter-to">Occurred before</label>
          <input {...time("to")} />
        </div>
        <div className="row">
          <button type="submit">Filter</button>
          <button type="button" className="quiet" onClick={() => apply(EMPTY)}>
            Clear
          </button>
          <button
            type="button"
            className="quiet only-narrow"
            aria-expanded={isOpen}
            aria-controls="filters"
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? "Fewer fields" : hidden > 0 ? `More fields (${hidden} set)` : "More fields"}
          </button>
        </div>
      </form>
    </search>
  );
}

/** The reader's clock ⇄ an instant. */
function toLocal(iso: string): string {
  if (iso === "" || Number.isNaN(Date.parse(iso))) return "";
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

const fromLocal = (text: string): string => (Number.isNaN(Date.parse(text)) ? "" : new Date(text).toISOString());
