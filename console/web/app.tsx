import { lazy, Suspense, useEffect } from "react";
import { Redirect, Route, Switch } from "wouter";
import type { SessionInfo } from "../api/session";
import { useSession } from "./data/queries";
import type { RequestError } from "./data/request";
import { keepLive } from "./live/liveSocket";
import { pagesOf } from "./pages";
import { EventsPage } from "./pages/events/eventsPage";
import { LogInPage } from "./pages/logInPage";
import { OverviewPage } from "./pages/overviewPage";
import { Shell } from "./shell";
import { ErrorBoundary } from "./ui/errorBoundary";
import { FailureState, Loading, State } from "./ui/states";

const ActionsPage = lazy(() => import("./pages/actionsPage").then(({ ActionsPage }) => ({ default: ActionsPage })));
const AskPage = lazy(() => import("./pages/ask/askPage").then(({ AskPage }) => ({ default: AskPage })));
const HealthPage = lazy(() => import("./pages/healthPage").then(({ HealthPage }) => ({ default: HealthPage })));
const PermissionsPage = lazy(() =>
  import("./pages/permissions/permissionsPage").then(({ PermissionsPage }) => ({ default: PermissionsPage })),
);
const LawPage = lazy(() => import("./pages/lawPage").then(({ LawPage }) => ({ default: LawPage })));
const CostsPage = lazy(() => import("./pages/costsPage").then(({ CostsPage }) => ({ default: CostsPage })));

const ParityPage = lazy(() => import("./pages/parityPage").then(({ ParityPage }) => ({ default: ParityPage })));

/** The console: asks who it is, then shows the page of the address. */
export function App() {
  const { data: session, error } = useSession();
  useEffect(() => {
    if (session) keepLive(session.webSocketPort);
  }, [session]);
  if (error?.failure.kind === "unauthenticated") return <LogInPage />;
  return (
    <Shell session={session} error={error}>
      <ErrorBoundary>
        <Suspense fallback={<Loading what="the page" />}>
          <Switch>
            <Route path="/" component={OverviewPage} />
            <Route path="/events" component={EventsPage} />
            <Route path="/actions" component={ActionsPage} />
            <Route path="/ask" component={AskPage} />
            <Route path="/health" component={HealthPage} />
            <Route path="/permissions" component={PermissionsPage} />
            <Route path="/law" component={LawPage} />
            <Route path="/costs" component={CostsPage} />
            {session?.isEmbedded && <Route path="/parity" component={ParityPage} />}
            <Route path="/overview">
              <Redirect to="/" />
            </Route>
            <Route>
              <OtherPage session={session} error={error} />
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}

/** Which pages there are is known once the session is. */
function OtherPage({ session, error }: { session: SessionInfo | undefined; error: RequestError | null }) {
  if (!session) return error ? <FailureState error={error} /> : <Loading what="the page" />;
  const names = pagesOf(session.isEmbedded).map(({ name }) => name);
  return (
    <State title="There is no such page">
      <p>The pages are {names.join(", ")}.</p>
    </State>
  );
}
