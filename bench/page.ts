import type { Measurement } from "./benchmark";

/** The figures of one benchmark, as they were measured. */
export interface Section {
  name: string;
  description: string;
  measurements: readonly Measurement[];
  /** Where and when: machine, load, versions, day. */
  circumstances: string;
}

const HEAD = `# Benchmarks

Written by \`npm run bench\`: each section by the run of its day, on the machine it names. Machines are shared and noisy, so read the last column: the same work done
otherwise, in the same run. Nothing here is asserted by a test.
`;

/** docs/benchmarks.md with one section put in the place of its predecessor; sections stand in the order of their names. */
export function withSection(page: string, section: Section): string {
  const [, ...parts] = page.split(/^(?=## )/m);
  const others = parts.filter((part) => !part.startsWith(`## ${section.name}\n`)).map((part) => `${part.trimEnd()}\n`);
  const sections = [...others, sectionText(section)].sort((a, b) => (a < b ? -1 : 1));
  return [HEAD, ...sections].join("\n");
}

function sectionText({ name, description, measurements, circumstances }: Section): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  const rows = measurements.map(
    ({ what, measured, beside = "" }) => `| ${cell(what)} | ${cell(measured)} | ${cell(beside)} |`,
  );
  return `## ${name}\n\n${description}\n\n${circumstances}\n\n| what | measured | beside |\n|---|---|---|\n${rows.join("\n")}\n`;
}
