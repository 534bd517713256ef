import type { LawRule, LawState } from "../../api/law";
import { useLawRules, useLawState } from "../data/queries";
import { bytes, count, plural } from "../format/numbers";
import { Badge, Card, PageHead } from "../ui/card";
import { Code } from "../ui/copyButton";
import { Read, State } from "../ui/states";
import { Table } from "../ui/table";

/** The law, whether it is kept, and why each rule is there. */
export function LawPage() {
  const state = useLawState();
  return (
    <>
      <PageHead title="Law">
        The database holds exactly two tables: one that only grows and one that Snowflake derives from it. Everything
        else is a view, a procedure or an event.
      </PageHead>
      <div className="grid">
        <Card title="The tables" aside={state.data && <LawBadge state={state.data} />} wide>
          <Read
            answer={state}
            what="the tables"
            isEmpty={({ objects }) => objects.length === 0}
            empty={<State title="Nothing found">The database holds no table at all: deploy the stack.</State>}
          >
            {({ objects }) => (
              <Table
                caption="Every table-like object of the database"
                rows={objects}
                keyOf={({ schema, name, kind }) => `${schema}.${name} ${kind}`}
                columns={[
                  {
                    name: "Object",
                    cell: ({ schema, name }) => (
                      <code>
                        {schema}.{name}
                      </code>
                    ),
                  },
                  { name: "Kind", cell: ({ kind }) => kind.toLowerCase() },
                  {
                    name: "Verdict",
                    cell: ({ isAllowed, verdict }) =>
                      isAllowed ? <Badge tone="good">allowed</Badge> : <span className="bad-text">{verdict}</span>,
                  },
                  { name: "Rows", isNumber: true, cell: ({ rows }) => (rows === null ? "–" : count(rows)) },
                  { name: "Size", isNumber: true, cell: ({ bytes: size }) => bytes(size) },
                ]}
              />
            )}
          </Read>
        </Card>
        <Card title="The rules" wide>
          <Read
            answer={useLawRules()}
            what="the rules"
            isEmpty={(rules) => rules.length === 0}
            empty={<State title="The rules’ pages are not here">They come with the project, in docs/law.</State>}
          >
            {(rules) => (
              <div className="stack">
                {rules.map((rule) => (
                  <Rule key={rule.code} rule={rule} />
                ))}
              </div>
            )}
          </Read>
        </Card>
      </div>
    </>
  );
}

function LawBadge({ state: { violations } }: { state: LawState }) {
  return violations === 0 ? (
    <Badge tone="good">kept</Badge>
  ) : (
    <Badge tone="bad">{plural(violations, "violation")}</Badge>
  );
}

function Rule({ rule }: { rule: LawRule }) {
  return (
    <details>
      <summary>
        <code>{rule.code}</code> {rule.title}
      </summary>
      <div className="stack rule">
        <p>{rule.why}</p>
        {rule.breaks.map((sql) => (
          <div key={sql}>
            <p className="label">Breaks it</p>
            <Code text={sql} label={`Breaks ${rule.code}`} />
          </div>
        ))}
        {rule.keeps.map((sql) => (
          <div key={sql}>
            <p className="label">Keeps it</p>
            <Code text={sql} label={`Keeps ${rule.code}`} />
          </div>
        ))}
      </div>
    </details>
  );
}
