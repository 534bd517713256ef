import type { Fault, FaultPlan } from "./faultProxy";

/** How often each fault is drawn, of all faults. A silence costs a whole time-out, so it is rare. */
const SHARES: [share: number, draw: (random: () => number) => Fault][] = [
  [0.25, () => ({ kind: "answer-lost" })],
  [0.2, () => ({ kind: "reset" })],
  [0.15, () => ({ kind: "truncated" })],
  [0.15, (random) => ({ kind: "status", status: random() < 0.5 ? 503 : 429 })],
  [0.1, (random) => ({ kind: "status-after", status: random() < 0.5 ? 502 : 504 })],
  [0.1, (random) => ({ kind: "delay", ms: Math.ceil(random() * 30) })],
  [0.04, () => ({ kind: "logged-out" })],
  [0.01, () => ({ kind: "silence" })],
];

/** Breaks about half of the requests: statements in every way, logins by cutting the line. */
export function drawnFaults(random: () => number): FaultPlan {
  return ({ query }) => {
    if (random() > 0.5) return undefined;
    if (!query) return random() < 0.2 ? { kind: "reset" } : undefined;
    let left = random();
    for (const [share, draw] of SHARES) {
      left -= share;
      if (left < 0) return draw(random);
    }
    return { kind: "reset" };
  };
}
