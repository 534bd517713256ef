import { Link } from "wouter";
import type { DeadLetters, Health, HourOfHealth, Refresh } from "../../api/health";
import { useAlerts, useDeadLetters, useHealth, useHours, useOrphans, useRefreshes } from "../data/queries";
import { withQuery } from "../data/request";
import { bytes, count, duration, plural, shortCount } from "../format/numbers";
import { useLag } from "../live/useLag";
import { Badge, Card, Figure, PageHead } from "../ui/card";
import { Chart, WHOLE_STEPS } from "../ui/chart";
import { Code } from "../ui/copyButton";
import { Foreign } from "../ui/foreign";
import { Read, State } from "../ui/states";
import { Table } from "../ui/table";
import { Time } from "../ui/time";
import { LagChart } from "./lagChart";

/** Whether everything runs as it should, and what does not. */
export function HealthPage() {
  const health = useHealth();
  const target = health.data?.targetLagSeconds ?? null;
  return (
    <>
      <PageHead title="Health">
        How far the events table is behind, what its refreshes did, and what was kept out of it.
      </PageHead>
      <div className="grid">
        <Card title="Events table" aside={health.data && <ScheduleBadge health={health.data} />} wide>
          <Read answer={health} what="the health">
            {(state) => <HealthFigures health={state} readAt={health.dataUpdatedAt} />}
          </Read>
        </Card>
        <Card title="Refreshes" wide>
          <Read
            answer={useRefreshes()}
            what="refreshes"
            isEmpty={(all) => all.length === 0}
            empty={<State title="No refresh yet">The events table has not been refreshed since it was created.</State>}
          >
            {(refreshes) => (
              <>
                <LagChart refreshes={refreshes} targetSeconds={target} />
                <Refreshes refreshes={refreshes} />
              </>
            )}
          </Read>
        </Card>
        <Card title="Alerts of the last 24 hours">
          <Read
            answer={useAlerts()}
            what="alerts"
            isEmpty={(all) => all.length === 0}
            empty={<State title="No alert">Lag, failed refreshes, dead letters, tables and credits are watched.</State>}
          >
            {(alerts) => (
              <Table
                caption="Open alerts"
                rows={alerts}
                keyOf={({ kind }) => kind}
                columns={[
                  { name: "Alert", cell: ({ kind }) => kind.replaceAll("_", " ") },
                  { name: "Said", cell: ({ detail }) => <span className="keep-lines">{detail}</span> },
                  { name: "Times", isNumber: true, cell: ({ times }) => count(times) },
                  { name: "Last", cell: ({ lastAt }) => <Time iso={lastAt} /> },
                ]}
              />
            )}
          </Read>
        </Card>
        <Card title="Events that wait for another">
          <Read
            answer={useOrphans()}
            what="waiting events"
            isEmpty={(all) => all.length === 0}
            empty={<State title="None waits">Every event that depends on another has found it.</State>}
          >
            {(orphans) => (
              <Table
                caption="Events whose prerequisite has not arrived"
                rows={orphans}
                keyOf={({ id }) => id}
                columns={[
                  {
                    name: "Action",
                    cell: ({ id, action }) => <Link href={withQuery("/events", { event: id })}>{action}</Link>,
                  },
                  {
                    name: "Waits for",
                    cell: ({ dependsOn }) => <code title={dependsOn}>{dependsOn.slice(0, 12)}…</code>,
                  },
                  { name: "Since", isNumber: true, cell: ({ waitingSeconds }) => duration(waitingSeconds) },
                ]}
              />
            )}
          </Read>
        </Card>
        <Card title="Dead letters" wide>
          <Read
            answer={useDeadLetters()}
            what="dead letters"
            isEmpty={({ total }) => total === 0}
            empty={<State title="No dead letters">Every event that was received counts.</State>}
          >
            {(letters) => <Letters letters={letters} />}
          </Read>
        </Card>
        <Card title="Received per hour" aside={<span className="muted small">last 7 days</span>} wide>
          <Read
            answer={useHours()}
            what="the last days"
            isEmpty={(hours) => hours.length === 0}
            empty={<State title="Nothing in the last 7 days" />}
          >
            {(hours) => <Hours hours={hours} />}
          </Read>
        </Card>
      </div>
    </>
  );
}

function ScheduleBadge({ health }: { health: Health }) {
  const runs = /^(RUNNING|ACTIVE)$/.test(health.schedulingState);
  if (!runs) return <Badge tone="bad">{health.schedulingState.toLowerCase()}</Badge>;
  return health.isWithinTarget ? <Badge tone="good">within target</Badge> : <Badge tone="warn">behind</Badge>;
}

function HealthFigures({ health, readAt }: { health: Health; readAt: number }) {
  const lag = useLag(health.lagSeconds, readAt);
  return (
    <div className="stack">
      {health.suspendReason && <p role="alert">Suspended: {health.suspendReason}</p>}
      <div className="figures">
        <Figure value={duration(lag === null ? null : Math.floor(lag))}>
          lag now, {duration(health.targetLagSeconds)} allowed
        </Figure>
        <Figure value={duration(health.lagP50Seconds)}>
          median lag after a refresh, p99 {duration(health.lagP99Seconds)}
        </Figure>
        <Figure
          value={
            health.timeWithinTargetRatio === null ? "–" : `${Math.floor(health.timeWithinTargetRatio * 1000) / 10} %`
          }
        >
          of the time within target
        </Figure>
        <Figure value={count(health.succeeded24h)}>
          refreshes in 24 h, {count(health.failed24h)} failed, {count(health.full24h)} full
        </Figure>
        <Figure value={shortCount(health.rowsInserted24h)}>rows added in 24 h</Figure>
      </div>
      {health.lastError && (
        <p>
          <Badge tone="bad">last error</Badge> <Time iso={health.lastErrorAt} />{" "}
          <span className="keep-lines">{health.lastError}</span>
        </p>
      )}
    </div>
  );
}

const REFRESHES_SHOWN = 12;

function Refreshes({ refreshes }: { refreshes: Refresh[] }) {
  return (
    <Table
      caption="The last refreshes"
      rows={refreshes.slice(-REFRESHES_SHOWN).reverse()}
      keyOf={({ startedAt }, index) => `${startedAt} ${index}`}
      columns={[
        { name: "Started", cell: ({ startedAt }) => <Time iso={startedAt} /> },
        {
          name: "State",
          cell: ({ state, message }) => (
            <>
              <Badge tone={state === "SUCCEEDED" ? "good" : state.includes("FAILED") ? "bad" : "plain"}>
                {state.toLowerCase()}
              </Badge>
              {message && <p>{message}</p>}
            </>
          ),
        },
        { name: "Action", cell: ({ action }) => action.toLowerCase().replace("_", " ") },
        { name: "Trigger", cell: ({ trigger }) => trigger.toLowerCase() },
        { name: "Took", isNumber: true, cell: ({ seconds }) => duration(seconds) },
        { name: "Rows added", isNumber: true, cell: ({ rowsInserted }) => count(rowsInserted) },
        { name: "Lag", isNumber: true, cell: ({ lagSeconds }) => duration(lagSeconds) },
      ]}
    />
  );
}

function Letters({ letters }: { letters: DeadLetters }) {
  return (
    <div className="stack">
      <p>
        {plural(letters.total, "raw event")} kept out, and kept: the landing table forgets nothing. To replay one, mend
        what the reason names and send it again with <code>npm run load -- FILE</code>; the mended event is a new one
        with its own id.
      </p>
      <Table
        caption="Reasons"
        rows={letters.reasons}
        keyOf={({ reason }) => reason}
        columns={[
          { name: "Reason", isText: true, cell: ({ reason }) => <Foreign text={reason} /> },
          { name: "Events", isNumber: true, cell: ({ count: times }) => count(times) },
          { name: "Last", cell: ({ lastAt }) => <Time iso={lastAt} /> },
        ]}
      />
      <h3>The last ones</h3>
      <Table
        caption="The last dead letters"
        rows={letters.latest.slice(0, 20)}
        keyOf={({ receivedAt }, index) => `${receivedAt} ${index}`}
        columns={[
          { name: "Received", cell: ({ receivedAt }) => <Time iso={receivedAt} /> },
          { name: "Why", isText: true, cell: ({ reason }) => <Foreign text={reason} /> },
          { name: "Lane", cell: ({ lane }) => lane },
          { name: "Size", isNumber: true, cell: ({ bytes: size }) => bytes(size) },
          {
            name: "Received text",
            cell: ({ payload }) => (
              <details>
                <summary>Show</summary>
                <Code text={payload} label="What was received" />
              </details>
            ),
          },
        ]}
      />
    </div>
  );
}

function Hours({ hours }: { hours: HourOfHealth[] }) {
  const every = withoutGaps(hours);
  const sum = (pick: (hour: HourOfHealth) => number) => hours.reduce((total, hour) => total + pick(hour), 0);
  const received = sum((hour) => hour.received);
  return (
    <>
      <Chart
        label={`Raw events received per hour in the last 7 days: ${count(received)} in all`}
        at={every.map(({ at }) => at)}
        series={[{ label: "received", kind: "bars", values: every.map(({ received }) => received) }]}
        steps={WHOLE_STEPS}
      />
      <p className="muted small">
        {count(received)} received, {count(sum((hour) => hour.duplicates))} of them duplicates,{" "}
        {plural(
          sum((hour) => hour.deadLetters),
          "dead letter",
        )}
        ;{" "}
        {plural(
          sum((hour) => hour.queries),
          "plan",
        )}{" "}
        run, {count(sum((hour) => hour.rejected))} rejected.
      </p>
    </>
  );
}

const HOUR_MS = 3_600_000;

/** All hours of the last 7 days, oldest first; nothing arrived in those the warehouse does not list. */
function withoutGaps(hours: HourOfHealth[]): { at: number; received: number }[] {
  const received = new Map(hours.map((hour) => [Date.parse(hour.hour), hour.received]));
  const last = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: 7 * 24 }, (_, index) => {
    const at = last - (7 * 24 - 1 - index) * HOUR_MS;
    return { at, received: received.get(at) ?? 0 };
  });
}
