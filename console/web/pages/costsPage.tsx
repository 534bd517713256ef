import type { Costs, LagCost } from "../../api/costs";
import { useCosts } from "../data/queries";
import { bytes, count, creditText, duration, mark, plural } from "../format/numbers";
import { Card, Figure, PageHead } from "../ui/card";
import { Chart } from "../ui/chart";
import { Read, State } from "../ui/states";
import { Table } from "../ui/table";

/** What it costs, and what another lag would cost. */
export function CostsPage() {
  const costs = useCosts();
  return (
    <>
      <PageHead title="Costs">
        Credits per warehouse and day. Metering trails by up to three hours; days are UTC.
      </PageHead>
      <div className="grid">
        <Card title="Last 14 days" wide>
          <Read answer={costs} what="credits">
            {(all) => <Days costs={all} />}
          </Read>
        </Card>
        <Card title="What a minute of lag costs" wide>
          <Read answer={costs} what="the estimate">
            {({ lag, refreshSeconds }) => <LagTable lag={lag} refreshSeconds={refreshSeconds} />}
          </Read>
        </Card>
      </div>
    </>
  );
}

const COLORS = ["--accent", "--muted"];

function Days({ costs }: { costs: Costs }) {
  const { days, warehouses, note, storageBytes } = costs;
  const total = (name: string) => days.reduce((sum, { credits }) => sum + (credits[name] ?? 0), 0);
  if (note) {
    return (
      <State title="No credits to show yet">
        <p>The warehouse says: {note}.</p>
        <p>
          {plural(
            days.reduce((sum, { events }) => sum + events, 0),
            "event",
          )}{" "}
          arrived in these days; {bytes(storageBytes)} are stored.
        </p>
      </State>
    );
  }
  return (
    <div className="stack">
      <div className="figures">
        {warehouses.map(({ name, purpose }) => (
          <Figure key={name} value={creditText(total(name))} unit="credits">
            {name}: {purpose}
          </Figure>
        ))}
        <Figure value={bytes(storageBytes)}>stored</Figure>
      </div>
      <Chart
        label={`Credits per day: ${warehouses.map(({ name }) => `${name} ${creditText(total(name))}`).join(", ")}`}
        at={days.map(({ day }) => Date.parse(`${day}T12:00:00`))}
        series={warehouses.map(({ name }, index) => ({
          label: name,
          kind: "line" as const,
          color: COLORS[index] ?? "--muted",
          values: days.map(({ credits }) => credits[name] ?? null),
        }))}
        unit={(credits, step) => mark(credits, step, 2)}
      />
      <Table
        caption="Credits per day"
        rows={[...days].reverse()}
        keyOf={({ day }) => day}
        columns={[
          { name: "Day", cell: ({ day }) => day },
          ...warehouses.map(({ name }) => ({
            name,
            isNumber: true,
            cell: ({ credits }: Costs["days"][number]) => creditText(credits[name]),
          })),
          { name: "Events", isNumber: true, cell: ({ events }) => count(events) },
          {
            name: "Credits per million events",
            isNumber: true,
            cell: ({ creditsPerMillionEvents }) => creditText(creditsPerMillionEvents),
          },
        ]}
      />
    </div>
  );
}

function LagTable({ lag, refreshSeconds }: { lag: LagCost[]; refreshSeconds: number }) {
  const [one, five] = lag;
  const hasArrivals = (one?.refreshesPerDay ?? 0) > 0;
  return (
    <div className="stack">
      <p>
        {hasArrivals && one && five
          ? `With the arrivals of the last 24 hours, a lag of one minute takes ${creditText(one.creditsPerDay)} credits a day, one of five minutes ${creditText(five.creditsPerDay)}.`
          : "Nothing arrived in the last 24 hours, and a refresh without new events needs no warehouse: every lag costs nothing."}
      </p>
      <Table
        caption="Estimated credits by target lag"
        rows={lag}
        keyOf={({ lagMinutes }) => lagMinutes}
        columns={[
          { name: "Target lag", cell: ({ lagMinutes }) => duration(lagMinutes * 60) },
          { name: "Refreshes with new events", isNumber: true, cell: ({ refreshesPerDay }) => count(refreshesPerDay) },
          { name: "Warehouse awake", isNumber: true, cell: ({ billedSecondsPerDay }) => duration(billedSecondsPerDay) },
          { name: "Credits a day", isNumber: true, cell: ({ creditsPerDay }) => creditText(creditsPerDay) },
        ]}
      />
      <p className="muted small">
        An estimate: an X-Small is billed one credit an hour by the second, at least a minute whenever it starts, and
        suspends itself after 60 s without work; a refresh took {duration(refreshSeconds)} lately.
      </p>
    </div>
  );
}
