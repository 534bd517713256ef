import { Link, useSearchParams } from "wouter";
import type { AttributeTypes, CataloguedAction } from "../../api/actions";
import { useActions, useExamples } from "../data/queries";
import { withQuery } from "../data/request";
import { count } from "../format/numbers";
import { Badge, Card, PageHead } from "../ui/card";
import { Code } from "../ui/copyButton";
import { Dialog } from "../ui/dialog";
import { Foreign } from "../ui/foreign";
import { Sparkline } from "../ui/sparkline";
import { Read, State } from "../ui/states";
import { Table } from "../ui/table";
import { Time } from "../ui/time";

/** What can happen here: every action, how often, and what its attributes look like. Which of them is looked at stands in the address. */
export function ActionsPage() {
  const actions = useActions();
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.get("find") ?? "";
  const name = parameters.get("action");
  const opened = actions.data?.find(({ action }) => action === name);
  const set = (key: string, value: string, options?: { replace: boolean }) =>
    setParameters((now) => {
      const next = new URLSearchParams(now);
      if (value === "") next.delete(key);
      else next.set(key, value);
      return next;
    }, options);
  const close = () => set("action", "");
  return (
    <>
      <PageHead title="Actions">Every action the warehouse has seen, with the types its attributes have had.</PageHead>
      <Card
        title="Catalogue"
        aside={<Search text={text} onChange={(typed) => set("find", typed, { replace: true })} />}
        wide
      >
        <Read
          answer={actions}
          what="the catalogue"
          isEmpty={(all) => all.length === 0}
          empty={<State title="No action yet">An action appears here with its first event.</State>}
        >
          {(all) => (
            <Catalogue
              actions={all.filter(({ action }) => action.includes(text.trim().toLowerCase()))}
              onOpen={({ action }) => set("action", action)}
            />
          )}
        </Read>
      </Card>
      {opened && <ActionDrawer action={opened} onClose={close} />}
      {name && actions.data && !opened && (
        <Dialog title="Action" shape="drawer" onClose={close}>
          <State title="Not found">
            <p>
              No event with the action <Foreign text={name} /> has been seen.
            </p>
          </State>
        </Dialog>
      )}
    </>
  );
}

const Search = ({ text, onChange }: { text: string; onChange: (text: string) => void }) => (
  <input
    type="search"
    className="search"
    aria-label="Find an action"
    placeholder="Find an action"
    value={text}
    onChange={({ target }) => onChange(target.value)}
  />
);

function Catalogue({ actions, onOpen }: { actions: CataloguedAction[]; onOpen: (action: CataloguedAction) => void }) {
  if (actions.length === 0) return <State title="No action matches">Try a shorter word.</State>;
  return (
    <Table
      caption="Actions"
      rows={actions}
      keyOf={({ action }) => action}
      columns={[
        {
          name: "Action",
          isName: true,
          cell: (action) => (
            <button type="button" className="quiet link" onClick={() => onOpen(action)}>
              {action.action}
            </button>
          ),
        },
        { name: "Last 30 days", isOnlyWide: true, cell: ({ days }) => <Sparkline values={days} /> },
        { name: "Events", isNumber: true, cell: ({ count: all }) => count(all) },
        { name: "Last 24 h", isNumber: true, cell: ({ count24h }) => count(count24h) },
        { name: "Actors", isNumber: true, cell: ({ actors }) => count(actors) },
        { name: "Attributes", cell: ({ attributes }) => <AttributeNames attributes={attributes} /> },
        { name: "Last seen", cell: ({ lastSeenAt }) => <Time iso={lastSeenAt} /> },
      ]}
    />
  );
}

function AttributeNames({ attributes }: { attributes: AttributeTypes[] }) {
  const drifting = attributes.filter(isDrifting).length;
  if (attributes.length === 0) return <span className="muted">none</span>;
  return (
    <>
      {count(attributes.length)} {drifting > 0 && <Badge tone="warn">{drifting} of several types</Badge>}
    </>
  );
}

/** A value that is sometimes null has one type all the same. */
const isDrifting = ({ types }: AttributeTypes) => types.filter(({ type }) => type !== "NULL_VALUE").length > 1;

function ActionDrawer({ action, onClose }: { action: CataloguedAction; onClose: () => void }) {
  const examples = useExamples(action.action);
  return (
    <Dialog title={action.action} shape="drawer" onClose={onClose}>
      <dl className="facts">
        <dt>Events</dt>
        <dd>{count(action.count)}</dd>
        <dt>Actors</dt>
        <dd>{count(action.actors)}</dd>
        <dt>First seen</dt>
        <dd>
          <Time iso={action.firstSeenAt} />
        </dd>
        <dt>Last seen</dt>
        <dd>
          <Time iso={action.lastSeenAt} />
        </dd>
        <dt>Schema versions</dt>
        <dd>{action.schemaVersions.join(", ") || "not said"}</dd>
      </dl>
      <p>
        <Link href={withQuery("/events", { action: action.action })}>Its events</Link> ·{" "}
        <Link
          href={withQuery("/ask", {
            plan: JSON.stringify({ actions: [action.action], measures: ["count"], group_by: ["day"] }),
          })}
        >
          Ask about it
        </Link>
      </p>
      <section className="stack">
        <h3>Attributes</h3>
        {action.attributes.length === 0 ? (
          <p>Its events carry none.</p>
        ) : (
          <Table
            caption="Attributes and their types"
            rows={action.attributes}
            keyOf={({ name }) => name}
            columns={[
              {
                name: "Attribute",
                cell: ({ name }) => (
                  <code>
                    <Foreign text={name} />
                  </code>
                ),
              },
              {
                name: "Types",
                cell: (attribute) => (
                  <span className="row">
                    {attribute.types.map(({ type, count: times }) => (
                      <Badge key={type} tone={isDrifting(attribute) ? "warn" : "plain"}>
                        {type.toLowerCase().replace("_value", "")} {count(times)}
                      </Badge>
                    ))}
                  </span>
                ),
              },
            ]}
          />
        )}
      </section>
      <section className="stack">
        <h3>Last examples</h3>
        <Read answer={examples} what="examples" isEmpty={(all) => all.length === 0} empty={<p>None can be shown.</p>}>
          {(all) => (
            <div className="stack">
              {all.map(({ id, receivedAt, attributes }) => (
                <div key={id}>
                  <Link href={withQuery("/events", { action: action.action, event: id })}>
                    <Time iso={receivedAt} />
                  </Link>
                  <Code text={attributes} label={`Attributes of event ${id}`} />
                </div>
              ))}
            </div>
          )}
        </Read>
      </section>
    </Dialog>
  );
}
