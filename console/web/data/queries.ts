import { QueryClient, type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { ActionExample, CataloguedAction } from "../../api/actions";
import type { Activity } from "../../api/activity";
import type { Costs } from "../../api/costs";
import type { EventDetail } from "../../api/events";
import type { DeadLetters, Health, HourOfHealth, OpenAlert, OrphanedEvent, Refresh } from "../../api/health";
import type { LawRule, LawState } from "../../api/law";
import type { Permissions } from "../../api/permissions";
import type { SessionInfo } from "../../api/session";
import { type RequestError, request, withQuery } from "./request";

/** While the server or the warehouse is gone, it is asked again this often. */
const RETRY_MS = 3000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, networkMode: "always", staleTime: 1000, refetchOnWindowFocus: true },
    mutations: { networkMode: "always" },
  },
});

export type Answer<T> = UseQueryResult<T, RequestError>;

/** Reads a path, again every `everyMs` and after every refresh of the events table. */
function useReading<T>(path: string, everyMs: number | false = false, enabled = true): Answer<T> {
  return useQuery<T, RequestError>({
    queryKey: [path],
    queryFn: () => request<T>(path),
    enabled,
    refetchInterval: ({ state }) => (state.error?.failure.kind === "gone" ? RETRY_MS : everyMs),
  });
}

export const useSession = () => useReading<SessionInfo>("/api/session", 60_000);
export const useActivity = () => useReading<Activity>("/api/activity", 15_000);
export const useHealth = () => useReading<Health>("/api/health", 15_000);
export const useRefreshes = () => useReading<Refresh[]>("/api/refreshes", 30_000);
export const useAlerts = () => useReading<OpenAlert[]>("/api/alerts", 60_000);
export const useOrphans = () => useReading<OrphanedEvent[]>("/api/orphans", 60_000);
export const useHours = () => useReading<HourOfHealth[]>("/api/hours", 120_000);
export const useDeadLetters = () => useReading<DeadLetters>("/api/dead-letters", 60_000);
export const useActions = () => useReading<CataloguedAction[]>("/api/actions", 60_000);
export const useLawState = () => useReading<LawState>("/api/law", 60_000);
export const useLawRules = () => useReading<LawRule[]>("/api/law/rules");
export const useCosts = () => useReading<Costs>("/api/costs", 300_000);
export const usePermissions = () => useReading<Permissions>("/api/permissions", 30_000);
export const useEvent = (id: string) => useReading<EventDetail>(`/api/events/${id}`);
export const useExamples = (action: string | undefined) =>
  useReading<ActionExample[]>(withQuery("/api/actions/examples", { action }), false, action !== undefined);

/** Everything that is read from events is out of date. */
export const refreshReadings = (): Promise<void> =>
  queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== "/api/law/rules" });
