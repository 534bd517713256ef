import { useCallback, useEffect, useRef, useState } from "react";
import type { EventPage } from "../../../api/events";
import { type RequestError, request, withQuery } from "../../data/request";
import { onEvents } from "../../live/liveSocket";
import { isStale, useLiveState } from "../../live/liveState";
import { type EventFilter, matches } from "./eventFilter";
import { append, EMPTY_LIST, type EventList, prepend } from "./eventList";

const PAGE = 200;

export interface Events {
  list: EventList;
  isLoading: boolean;
  error: RequestError | undefined;
  /** Arrived while the tail was paused. */
  waiting: number;
  /** Arrived and were not sent, because there were too many at once. */
  skipped: number;
  loadOlder: () => void;
  reload: () => void;
}

/** The list of events under a filter, kept up to date by what is pushed. */
export function useEvents(filter: EventFilter, isPaused: boolean): Events {
  const key = JSON.stringify(filter);
  const [list, setList] = useState<EventList>(EMPTY_LIST);
  const [isLoading, setLoading] = useState(true);
  const [error, setError] = useState<RequestError>();
  const [waiting, setWaiting] = useState(0);
  const [skipped, setSkipped] = useState(0);
  const held = useRef<EventList["events"]>([]);
  const isBusy = useRef(false);
  const isStaleNow = isStale(useLiveState());

  const reload = useCallback(async () => {
    setLoading(true);
    try {
      const page = await request<EventPage>(withQuery("/api/events", { ...JSON.parse(key), limit: PAGE }));
      held.current = [];
      setWaiting(0);
      setSkipped(0);
      setList(append({ ...EMPTY_LIST, ids: new Set() }, page));
      setError(undefined);
    } catch (failure) {
      setError(failure as RequestError);
    } finally {
      setLoading(false);
    }
  }, [key]);

  // What arrived while the line was down was not pushed: read anew when it is back.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state of the line is the reason to read again
  useEffect(() => void reload(), [reload, isStaleNow]);

  useEffect(
    () =>
      onEvents(({ events, skipped: more }) => {
        const wanted: EventFilter = JSON.parse(key);
        const fresh = events.filter((event) => matches(event, wanted));
        setSkipped((count) => count + more);
        if (isPaused) {
          held.current = fresh.concat(held.current);
          setWaiting(held.current.length);
        } else if (fresh.length > 0) setList((list) => prepend(list, fresh));
      }),
    [key, isPaused],
  );

  useEffect(() => {
    if (isPaused || held.current.length === 0) return;
    const events = held.current;
    held.current = [];
    setWaiting(0);
    setList((list) => prepend(list, events));
  }, [isPaused]);

  const loadOlder = useCallback(() => {
    const before = list.next;
    if (before === null || isBusy.current) return;
    isBusy.current = true;
    request<EventPage>(withQuery("/api/events", { ...JSON.parse(key), before, limit: 1000 }))
      .then((page) => setList((list) => append(list, page)))
      .catch((failure: RequestError) => setError(failure))
      .finally(() => {
        isBusy.current = false;
      });
  }, [key, list.next]);

  return { list, isLoading, error, waiting, skipped, loadOlder, reload: () => void reload() };
}
