import { useDeferredValue, useMemo } from "react";
import { useSearchParams } from "wouter";
import type { ParityArea, ParityFeature, ParityState } from "../../api/parity";
import { useParity } from "../data/queries";
import { plural } from "../format/numbers";
import { Badge, Card, PageHead, type Tone } from "../ui/card";
import { Read, State } from "../ui/states";
import { Table } from "../ui/table";

const STATES = ["works", "partly", "refused"] as const satisfies ParityState[];
const TONES: Record<ParityState, Tone> = { works: "good", partly: "warn", refused: "plain" };

/** What the embedded server does of Snowflake and what it refuses by name. */
export function ParityPage() {
  const [parameters, setParameters] = useSearchParams();
  const words = parameters.get("words") ?? "";
  const state = STATES.find((name) => name === parameters.get("state")) ?? "";
  const set = (name: string, value: string) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === "") after.delete(name);
        else after.set(name, value);
        return after;
      },
      { replace: true },
    );
  return (
    <>
      <PageHead title="Parity">
        This warehouse runs on the embedded server. Every line was tried on it through the real driver; what it does not
        do it refuses by name, so that no answer is a guess.
      </PageHead>
      <search className="filters">
        <div>
          <label htmlFor="parity-words">Feature or message</label>
          <input
            id="parity-words"
            type="search"
            value={words}
            placeholder="such as PIVOT"
            onChange={({ target }) => set("words", target.value)}
          />
        </div>
        <div>
          <label htmlFor="parity-state">State</label>
          <select id="parity-state" value={state} onChange={({ target }) => set("state", target.value)}>
            <option value="">any</option>
            {STATES.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      </search>
      <Read answer={useParity()} what="the features">
        {(areas) => <Areas areas={areas} words={words} state={state} />}
      </Read>
    </>
  );
}

function Areas({ areas, words, state }: { areas: ParityArea[]; words: string; state: string }) {
  const wanted = useDeferredValue(words).trim().toLowerCase();
  const shown = useMemo(
    () =>
      areas
        .map(({ title, features }) => ({ title, features: features.filter((one) => isWanted(one, wanted, state)) }))
        .filter(({ features }) => features.length > 0),
    [areas, wanted, state],
  );
  const all = shown.flatMap(({ features }) => features);
  if (all.length === 0) return <State title="No feature matches">Loosen the filter.</State>;
  return (
    <>
      <p className="muted small tail" role="status">
        {plural(all.length, "feature")}:{" "}
        {STATES.map((name) => `${all.filter((one) => one.state === name).length} ${name}`).join(", ")}
      </p>
      <div className="grid">
        {shown.map(({ title, features }) => (
          <Card key={title} title={title} wide>
            <Table
              caption={`Features: ${title}`}
              rows={features}
              keyOf={({ name }) => name}
              columns={[
                { name: "Feature", cell: ({ name }) => name },
                { name: "State", cell: ({ state: found }) => <Badge tone={TONES[found]}>{found}</Badge> },
                {
                  name: "What the server says",
                  isText: true,
                  cell: ({ said }) => said || <span className="muted">–</span>,
                },
                { name: "Test", isOnlyWide: true, cell: ({ test }) => <code>{test}</code> },
              ]}
            />
          </Card>
        ))}
      </div>
    </>
  );
}

const isWanted = ({ name, said, state: found }: ParityFeature, words: string, state: string): boolean =>
  (state === "" || found === state) && `${name} ${said}`.toLowerCase().includes(words);
