import type { Fault, FaultPlan } from "./faultProxy";

/** How many requests out of a hundred are broken: most calls meet several faults before they get through. */
const BROKEN = 0.75;

/** How often each fault is drawn, of all faults. Where nobody answers a whole time-out goes by, so that is rare. */
const SHARES: [share: number, draw: (random: () => number) => Fault][] = [
  [0.2, () => ({ kind: "answer-lost" })],
  [0.16, () => ({ kind: "reset" })],
  [0.12, () => ({ kind: "truncated" })],
  [0.1, () => ({ kind: "half-closed" })],
  [0.12, (random) => ({ kind: "status", status: random() < 0.5 ? 503 : 429 })],
  [0.09, (random) => ({ kind: "status-after", status: random() < 0.5 ? 502 : 504 })],
  [0.08, (random) => ({ kind: "delay", ms: Math.ceil(random() * 30) })],
  [0.05, (random) => ({ kind: "trickle", pieces: 2 + Math.floor(random() * 10) })],
  [0.035, () => ({ kind: "logged-out" })],
  [0.035, () => ({ kind: "token-expired" })],
  [0.005, () => ({ kind: "late", ms: 1200 })],
  [0.005, () => ({ kind: "silence" })],
];

/** Breaks statements in every way, logins by cutting the line. */
export function drawnFaults(random: () => number): FaultPlan {
  return ({ query }) => {
    if (random() > BROKEN) return undefined;
    if (!query) return random() < 0.1 ? { kind: "reset" } : undefined;
    let left = random();
    for (const [share, draw] of SHARES) {
      left -= share;
      if (left < 0) return draw(random);
    }
    return { kind: "reset" };
  };
}
