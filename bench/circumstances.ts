import { cpus, loadavg, totalmem } from "node:os";

/** The machine and how busy it was before the benchmark began: a figure without them says nothing. */
export function circumstances(): string {
  const processors = cpus();
  const model = processors[0]?.model.replace(/\s+/g, " ").trim() || "unnamed processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  const day = new Date().toISOString().slice(0, 10);
  return `${day} · ${processors.length} × ${model}, ${memory} GiB · load ${load} before it began · Node ${process.versions.node}`;
}
