import { QueryClient, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ActionExample, CataloguedAction } from "../../api/actions";
import type { Activity } from "../../api/activity";
import type { Costs } from "../../api/costs";
import type { EventDetail, ReceivedEvents } from "../../api/events";
import type { DeadLetters, Health, HourOfHealth, OpenAlert, OrphanedEvent, Refresh } from "../../api/health";
import type { LawRule, LawState } from "../../api/law";
import type { ParityArea } from "../../api/parity";
import type { Permissions } from "../../api/permissions";
import type { SessionInfo } from "../../api/session";
import { type RequestError, request, withQuery } from "./request";

/** While the server or the warehouse is gone, it is asked again this often. */
const RETRY_MS = 3000;

/**
 * Every reading wakes the query warehouse, which is billed a minute each time; what changes with the events is read after a refresh
 * that changed them, and all else this often while the page is in sight.
 */
const SLOW_MS = 600_000;

/** Within this time a page is shown again without asking; a change of the events makes everything stale at once. */
const FRESH_MS = 60_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: "always", staleTime: FRESH_MS, refetchOnWindowFocus: true },
    mutations: { networkMode: "always" },
  },
});

export type Answer<T> = UseQueryResult<T, RequestError>;

/** Reads a path, again every `everyMs` and after every refresh that changed the events table. */
function useReading<T>(path: string, everyMs: number | false = SLOW_MS, enabled = true): Answer<T> {
  return useQuery<T, RequestError>({
    queryKey: [path],
    queryFn: () => request<T>(path),
    enabled,
    refetchInterval: ({ state }) => (state.error?.failure.kind === "gone" ? RETRY_MS : everyMs),
  });
}

export const useSession = () => useReading<SessionInfo>("/api/session", 60_000);
export const useActivity = () => useReading<Activity>("/api/activity");
export const useHealth = () => useReading<Health>("/api/health");
export const useRefreshes = () => useReading<Refresh[]>("/api/refreshes");
export const useAlerts = () => useReading<OpenAlert[]>("/api/alerts");
export const useOrphans = () => useReading<OrphanedEvent[]>("/api/orphans");
export const useHours = () => useReading<HourOfHealth[]>("/api/hours");
export const useDeadLetters = () => useReading<DeadLetters>("/api/dead-letters");
export const useActions = () => useReading<CataloguedAction[]>("/api/actions");
export const useLawState = () => useReading<LawState>("/api/law");
export const useLawRules = () => useReading<LawRule[]>("/api/law/rules", false);
export const useParity = () => useReading<ParityArea[]>("/api/parity", false);
export const useCosts = () => useReading<Costs>("/api/costs");
export const usePermissions = () => useReading<Permissions>("/api/permissions");
export const useEvent = (id: string) => useReading<EventDetail>(`/api/events/${id}`, false);
export const useReceived = (id: string) => useReading<ReceivedEvents>(`/api/events/${id}/received`, false);
export const useExamples = (action: string | undefined) =>
  useReading<ActionExample[]>(withQuery("/api/actions/examples", { action }), false, action !== undefined);

/** Everything that is read from events is out of date. */
export const refreshReadings = (): Promise<void> =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => !PAGES_OF_THE_PROJECT.includes(String(queryKey[0])) });

const PAGES_OF_THE_PROJECT = ["/api/law/rules", "/api/parity"];
