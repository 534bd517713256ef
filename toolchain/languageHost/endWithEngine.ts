import type { ChildProcess } from "node:child_process";

const children = new Set<ChildProcess>();

/** Remembers a child, so that it ends when the engine does. */
export function adopt(child: ChildProcess): void {
  children.add(child);
  child.once("close", () => children.delete(child));
}

/** Ends every child: politely, and by force after two seconds. */
export function endChildren(): void {
  for (const child of children) {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 2000).unref();
  }
}

/** Ends this process and its children on a signal, and when the engine that started it is gone without one. */
export function endWithEngine(): void {
  const end = () => {
    endChildren();
    const wait = setInterval(() => children.size === 0 && process.exit(0), 20);
    setTimeout(() => {
      clearInterval(wait);
      for (const child of children) child.kill("SIGKILL");
      process.exit(0);
    }, 2500);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, end);
  const engine = process.ppid;
  setInterval(() => process.ppid !== engine && end(), 1000).unref();
}
