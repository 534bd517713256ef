import { useActions } from "../../data/queries";
import { type Draft, fieldsOf, MATCHES, MEASURES, OPERATORS, RELATIONSHIPS, relationName, WINDOWS } from "./draft";
import { Lines } from "./lines";

interface PlanFormProps {
  draft: Draft;
  onChange: (draft: Draft) => void;
}

/** The parts of a plan as form fields, in the order one asks them. */
export function PlanForm({ draft, onChange }: PlanFormProps) {
  const set = (change: Partial<Draft>) => onChange({ ...draft, ...change });
  return (
    <div className="stack">
      <Actions actions={draft.actions} onChange={(actions) => set({ actions })} />
      <Window draft={draft} onChange={set} />
      <Lines
        title="Only events where"
        add="Add a condition"
        items={draft.filters}
        blank={{ field: "actor_id", op: "=", value: "" }}
        onChange={(filters) => set({ filters })}
      >
        {(filter, change, name) => (
          <>
            <FieldInput
              label={`Field of ${name}`}
              value={filter.field}
              onChange={(field) => change({ ...filter, field })}
            />
            <Choice
              label={`Operator of ${name}`}
              value={filter.op}
              values={OPERATORS}
              onChange={(op) => change({ ...filter, op })}
            />
            <input
              aria-label={`Value of ${name}`}
              value={filter.value}
              disabled={filter.op.includes("null")}
              placeholder={filter.op === "between" || filter.op.endsWith("in") ? "a, b" : "value"}
              onChange={({ target }) => change({ ...filter, value: target.value })}
            />
          </>
        )}
      </Lines>
      <Lines
        title="With each, what else was done"
        add="Add a relationship"
        items={draft.relate}
        blank={{ relationship: "first_after", action: "", match: "person", as: "" }}
        onChange={(relate) => set({ relate })}
      >
        {(relation, change, name) => (
          <>
            <Choice
              label={`Relationship of ${name}`}
              value={relation.relationship}
              values={RELATIONSHIPS}
              onChange={(relationship) => change({ ...relation, relationship })}
            />
            <input
              aria-label={`Action of ${name}`}
              list="plan-actions"
              value={relation.action}
              placeholder="action"
              spellCheck={false}
              onChange={({ target }) => change({ ...relation, action: target.value.trim() })}
            />
            <Choice
              label={`Match of ${name}`}
              value={relation.match}
              values={MATCHES}
              words={MATCH_WORDS}
              onChange={(match) => change({ ...relation, match })}
            />
            <input
              aria-label={`Name of ${name}`}
              value={relation.as}
              placeholder={`as ${relation.action === "" ? "…" : relationName({ ...relation, as: "" })}`}
              spellCheck={false}
              onChange={({ target }) => change({ ...relation, as: target.value.trim() })}
            />
          </>
        )}
      </Lines>
      <Lines
        title="Grouped by"
        add="Add a group"
        items={draft.groupBy}
        blank="day"
        onChange={(groupBy) => set({ groupBy })}
      >
        {(field, change, name) => (
          <>
            <FieldInput label={`Field of ${name}`} value={field} onChange={change} />
          </>
        )}
      </Lines>
      <Lines
        title="Measured as"
        add="Add a measure"
        items={draft.measures}
        blank={{ fn: "count", field: "", as: "" }}
        onChange={(measures) => set({ measures })}
      >
        {(measure, change, name) => (
          <>
            <Choice
              label={`Function of ${name}`}
              value={measure.fn}
              values={MEASURES}
              onChange={(fn) => change({ ...measure, fn })}
            />
            <FieldInput
              label={`Field of ${name}`}
              value={measure.field}
              onChange={(field) => change({ ...measure, field })}
            />
            <input
              aria-label={`Name of ${name}`}
              value={measure.as}
              placeholder="as …"
              spellCheck={false}
              onChange={({ target }) => change({ ...measure, as: target.value.trim() })}
            />
          </>
        )}
      </Lines>
      <Lines
        title="Sorted by"
        add="Add a column"
        items={draft.orderBy}
        blank={{ column: "", isDescending: true }}
        onChange={(orderBy) => set({ orderBy })}
      >
        {(order, change, name) => (
          <>
            <FieldInput
              label={`Column of ${name}`}
              value={order.column}
              onChange={(column) => change({ ...order, column })}
            />
            <Choice
              label={`Direction of ${name}`}
              value={order.isDescending ? "desc" : "asc"}
              values={["desc", "asc"]}
              words={DIRECTION_WORDS}
              onChange={(direction) => change({ ...order, isDescending: direction === "desc" })}
            />
          </>
        )}
      </Lines>
      <Limit draft={draft} onChange={set} />
      <datalist id="plan-fields">
        {fieldsOf(draft).map((field) => (
          <option key={field} value={field} />
        ))}
        <option value="attributes." />
      </datalist>
    </div>
  );
}

function Actions({ actions, onChange }: { actions: string[]; onChange: (actions: string[]) => void }) {
  const known = useActions();
  return (
    <>
      <Lines title="Actions" add="Add an action" items={actions} blank="" onChange={onChange}>
        {(action, change, name) => (
          <>
            <input
              aria-label={name}
              list="plan-actions"
              value={action}
              placeholder="order.placed"
              spellCheck={false}
              onChange={({ target }) => change(target.value.trim())}
            />
          </>
        )}
      </Lines>
      <datalist id="plan-actions">
        {known.data?.map(({ action }) => (
          <option key={action} value={action} />
        ))}
      </datalist>
    </>
  );
}

const WINDOW_NAMES: Record<string, string> = {
  last_24h: "the last 24 hours",
  last_7d: "the last 7 days",
  last_30d: "the last 30 days",
  last_90d: "the last 90 days",
};

function Window({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  return (
    <div className="pair">
      <div>
        <label htmlFor="plan-window">Time</label>
        <select id="plan-window" value={draft.window} onChange={({ target }) => onChange({ window: target.value })}>
          {WINDOWS.map((name) => (
            <option key={name} value={name}>
              {WINDOW_NAMES[name]}
            </option>
          ))}
          <option value="custom">from … to …</option>
        </select>
      </div>
      {draft.window === "custom" &&
        (["from", "to"] as const).map((name) => (
          <div key={name}>
            <label htmlFor={`plan-${name}`}>{name === "from" ? "From (ISO 8601)" : "To, without it"}</label>
            <input
              id={`plan-${name}`}
              value={draft[name]}
              placeholder="2026-01-31T00:00:00Z"
              onChange={({ target }) => onChange({ [name]: target.value.trim() })}
            />
          </div>
        ))}
    </div>
  );
}

function Limit({ draft, onChange }: { draft: Draft; onChange: (change: Partial<Draft>) => void }) {
  return (
    <div className="pair">
      <div>
        <label htmlFor="plan-limit">Rows, at most</label>
        <input
          id="plan-limit"
          type="number"
          min={1}
          value={draft.limit}
          placeholder="as permitted"
          onChange={({ target }) => onChange({ limit: target.value })}
        />
      </div>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  values: readonly string[];
  /** What a value is called; without it by its own name. */
  words?: Record<string, string>;
  onChange: (value: string) => void;
}

const MATCH_WORDS = { person: "by the same person", object: "on the same object" };
const DIRECTION_WORDS = { desc: "greatest first", asc: "smallest first" };

const Choice = ({ label, value, values, words, onChange }: ChoiceProps) => (
  <select aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
    {values.map((name) => (
      <option key={name} value={name}>
        {words?.[name] ?? name.replaceAll("_", " ")}
      </option>
    ))}
  </select>
);

const FieldInput = ({ label, value, onChange }: Omit<ChoiceProps, "values" | "words">) => (
  <input
    aria-label={label}
    list="plan-fields"
    value={value}
    placeholder="field or attributes.name"
    spellCheck={false}
    onChange={({ target }) => onChange(target.value.trim())}
  />
);
