import { Link } from "wouter";
import type { Refresh } from "../../api/health";
import {
  useActions,
  useActivity,
  useAlerts,
  useCosts,
  useDeadLetters,
  useHealth,
  useLawState,
  useRefreshes,
} from "../data/queries";
import { withQuery } from "../data/request";
import { count, creditText, duration, plural, shortCount } from "../format/numbers";
import { useLiveState } from "../live/liveState";
import { useLag } from "../live/useLag";
import { Badge, Card, Figure, PageHead } from "../ui/card";
import { Chart, WHOLE_STEPS } from "../ui/chart";
import { Read, State } from "../ui/states";
import { LagChart } from "./lagChart";
import { lastHour } from "./lastHour";

/** Everything that matters, on one page. */
export function OverviewPage() {
  return (
    <>
      <PageHead title="Overview" />
      <div className="grid">
        <LagCard />
        <LastDayCard />
        <CreditsCard />
        <LawCard />
        <MinutesCard />
        <RefreshCard />
        <TopActionsCard />
        <AttentionCard />
      </div>
    </>
  );
}

const Quarter = (props: Parameters<typeof Card>[0]) => (
  <div className="quarter">
    <Card {...props} />
  </div>
);

function LagCard() {
  const health = useHealth();
  const lag = useLag(health.data?.lagSeconds, health.dataUpdatedAt);
  const isWithin = health.data !== undefined && lag !== null && lag <= health.data.targetLagSeconds;
  return (
    <Quarter
      title="Lag"
      aside={health.data && <Badge tone={isWithin ? "good" : "warn"}>{isWithin ? "within target" : "behind"}</Badge>}
    >
      <Read answer={health} what="the lag">
        {({ targetLagSeconds }) => (
          <Figure value={duration(lag === null ? null : Math.floor(lag))}>
            of {duration(targetLagSeconds)} allowed
          </Figure>
        )}
      </Read>
    </Quarter>
  );
}

function LastDayCard() {
  const { age } = useLiveState();
  return (
    <Quarter title="Received in 24 hours">
      <Read answer={useActivity()} what="the events of the last day">
        {({ eventsLast24h, minutes }) => (
          <Figure value={shortCount(eventsLast24h)} unit={eventsLast24h === 1 ? "event" : "events"}>
            {plural(lastHour(minutes, age?.dataAt ?? null).at(-1)?.count ?? 0, "event")} in this minute
          </Figure>
        )}
      </Read>
    </Quarter>
  );
}

function CreditsCard() {
  return (
    <Quarter title="Credits today">
      <Read answer={useCosts()} what="credits">
        {({ days, note }) => {
          const today = Object.values(days.at(-1)?.credits ?? {});
          const known = today.filter((value) => value !== null);
          const sum = known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
          return (
            <Figure value={creditText(sum)}>
              {sum === null ? (
                note ? (
                  "metering trails by up to three hours"
                ) : (
                  "nothing metered"
                )
              ) : (
                <Link href="/costs">by warehouse and day</Link>
              )}
            </Figure>
          );
        }}
      </Read>
    </Quarter>
  );
}

function LawCard() {
  return (
    <Quarter title="Two-Table Law">
      <Read answer={useLawState()} what="the law's state">
        {({ violations, objects }) => (
          <Figure value={violations === 0 ? "Kept" : plural(violations, "violation")}>
            <Link href="/law">{plural(objects.length, "table")} found</Link>
          </Figure>
        )}
      </Read>
    </Quarter>
  );
}

function MinutesCard() {
  const { age } = useLiveState();
  return (
    <Card title="Events per minute" aside={<span className="muted small">received, last hour</span>} wide>
      <Read answer={useActivity()} what="events per minute">
        {({ minutes: read }) => {
          const minutes = lastHour(read, age?.dataAt ?? null);
          const total = minutes.reduce((sum, { count }) => sum + count, 0);
          return (
            <>
              <Chart
                label={`Events received per minute in the last hour: ${count(total)} in all, ${count(minutes.at(-1)?.count ?? 0)} in this minute`}
                at={minutes.map(({ at }) => Date.parse(at))}
                series={[{ label: "events", kind: "bars", values: minutes.map(({ count }) => count) }]}
                steps={WHOLE_STEPS}
              />
              {total === 0 && <p className="muted small">Nothing arrived in the last hour.</p>}
            </>
          );
        }}
      </Read>
    </Card>
  );
}

function RefreshCard() {
  const health = useHealth();
  return (
    <Card title="Lag after each refresh" aside={<Link href="/health">Health</Link>} wide>
      <Read
        answer={useRefreshes()}
        what="refreshes"
        isEmpty={(refreshes: Refresh[]) => refreshes.length === 0}
        empty={<State title="No refresh yet">The events table was created and has not been refreshed since.</State>}
      >
        {(refreshes) => <LagChart refreshes={refreshes} targetSeconds={health.data?.targetLagSeconds ?? null} />}
      </Read>
    </Card>
  );
}

function TopActionsCard() {
  return (
    <Card title="Most frequent actions" aside={<span className="muted small">received, last 24 hours</span>}>
      <Read
        answer={useActivity()}
        what="actions"
        isEmpty={({ topActions }) => topActions.length === 0}
        empty={<OlderActions />}
      >
        {({ topActions }) => <ActionBars actions={topActions} />}
      </Read>
    </Card>
  );
}

/** On a quiet day the catalogue still knows what happens here. */
function OlderActions() {
  return (
    <Read
      answer={useActions()}
      what="actions"
      isEmpty={(actions) => actions.length === 0}
      empty={
        <State title="No events yet">
          <p>
            Send some with the event client, or load a file: <code>npm run load -- FILE</code>.
          </p>
        </State>
      }
    >
      {(actions) => (
        <>
          <p className="muted small">Nothing in the last 24 hours; these are of all time.</p>
          <ActionBars actions={actions.slice(0, 8)} />
        </>
      )}
    </Read>
  );
}

function ActionBars({ actions }: { actions: { action: string; count: number }[] }) {
  const top = Math.max(...actions.map(({ count }) => count));
  return (
    <ul className="bars">
      {actions.map(({ action, count: times }) => (
        <li key={action}>
          <Link href={withQuery("/events", { action })} className="clip">
            {action}
          </Link>
          <span className="number">{count(times)}</span>
          <meter min={0} max={top} value={times} aria-label={`${action}: ${count(times)}`} />
        </li>
      ))}
    </ul>
  );
}

function AttentionCard() {
  const alerts = useAlerts();
  const deadLetters = useDeadLetters();
  return (
    <Card title="Needs attention" aside={<Link href="/health">Health</Link>}>
      <Read answer={alerts} what="alerts">
        {(open) =>
          open.length === 0 ? (
            <p>No alert in the last 24 hours.</p>
          ) : (
            <ul className="bars">
              {open.map(({ kind, times }) => (
                <li key={kind}>
                  <span>
                    <Badge tone="bad">alert</Badge> {kind.replaceAll("_", " ")}
                  </span>
                  <span className="number">{plural(times, "time")}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Read>
      <Read answer={deadLetters} what="dead letters">
        {({ total }) => (
          <p className="muted small">
            {total === 0
              ? "Every event that was received counts."
              : `${plural(total, "dead letter")} kept out of the events.`}
          </p>
        )}
      </Read>
    </Card>
  );
}
