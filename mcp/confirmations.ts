import { randomBytes } from "node:crypto";
import { createRequestStateCodec } from "@modelcontextprotocol/server";

const TTL_SECONDS = 600;

interface Asked {
  /** Of what the person was asked to confirm. */
  mark: string;
  /** Names this one question. */
  question: string;
}

/** Signs what a person is asked to confirm, since it travels through the client; good for ten minutes and this process. */
export const confirmations = createRequestStateCodec<Asked>({ key: randomBytes(32), ttlSeconds: TTL_SECONDS });

/** What was done upon each question that was agreed to, as long as its confirmation is good. */
const done = new Map<string, { at: number; answer: Promise<unknown> }>();

/** Does once what a person agreed to: a client that sends its answer again, since it got none or since it would have more, gets the first one's. */
export function onceAgreed<T>(question: string, work: () => Promise<T>): Promise<T> {
  const now = Date.now();
  for (const [old, { at }] of done) if (now - at > TTL_SECONDS * 1000) done.delete(old);
  const earlier = done.get(question);
  if (earlier !== undefined) return earlier.answer as Promise<T>;
  const answer = work();
  done.set(question, { at: now, answer });
  // Nothing was done: it may be tried again.
  answer.catch(() => done.delete(question));
  return answer;
}
