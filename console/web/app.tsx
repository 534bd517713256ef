import { lazy, Suspense, useEffect } from "react";
import { Redirect, Route, Switch } from "wouter";
import { useSession } from "./data/queries";
import { keepLive } from "./live/liveSocket";
import { PAGES } from "./pages";
import { EventsPage } from "./pages/events/eventsPage";
import { LogInPage } from "./pages/logInPage";
import { OverviewPage } from "./pages/overviewPage";
import { Shell } from "./shell";
import { ErrorBoundary } from "./ui/errorBoundary";
import { Loading, State } from "./ui/states";

const ActionsPage = lazy(() => import("./pages/actionsPage").then(({ ActionsPage }) => ({ default: ActionsPage })));
const AskPage = lazy(() => import("./pages/ask/askPage").then(({ AskPage }) => ({ default: AskPage })));
const HealthPage = lazy(() => import("./pages/healthPage").then(({ HealthPage }) => ({ default: HealthPage })));
const PermissionsPage = lazy(() =>
  import("./pages/permissions/permissionsPage").then(({ PermissionsPage }) => ({ default: PermissionsPage })),
);
const LawPage = lazy(() => import("./pages/lawPage").then(({ LawPage }) => ({ default: LawPage })));
const CostsPage = lazy(() => import("./pages/costsPage").then(({ CostsPage }) => ({ default: CostsPage })));

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
            <Route path="/overview">
              <Redirect to="/" />
            </Route>
            <Route>
              <State title="There is no such page">
                <p>The pages are {PAGES.map(({ name }) => name).join(", ")}.</p>
              </State>
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </Shell>
  );
}
