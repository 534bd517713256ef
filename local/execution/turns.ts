import type { Session } from "../session/session";

const turns = new WeakMap<Session, Promise<unknown>>();

/** Statements of a session with an open transaction run one after the other; without one they run side by side. */
export function inTurn<T>(session: Session, work: () => Promise<T>): Promise<T> {
  const before = turns.get(session) ?? Promise.resolve();
  const turn = session.transaction ? before.then(work, work) : work();
  turns.set(session, Promise.allSettled([before, turn]));
  return turn;
}
