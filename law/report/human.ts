import type { Judgement } from "../check";
import type { Finding, Place } from "../finding";
import { codeFrame } from "./codeFrame";

/** Words in colour, when the terminal has it. */
export interface Colours {
  code(text: string): string;
  dim(text: string): string;
}

const PLAIN: Colours = { code: (text) => text, dim: (text) => text };

export const printPlace = ({ file, resource, property, line, column }: Place): string =>
  [file ?? [resource, property].filter(Boolean).join("."), line, column]
    .filter((part) => part !== undefined && part !== "")
    .join(":");

/** A judgement for people: one block a finding, then the exceptions, then a line that sums up. `textOf` gives the text of a place for its frame. */
export function humanReport(
  { findings, exceptions, remarks }: Judgement,
  textOf: (place: Place) => string | undefined,
  colours = PLAIN,
): string {
  const blocks = findings.map((finding) => block(finding, textOf(finding.where), colours));
  const listed = exceptions.map(({ code, reason, where, used, by }) => {
    const place = by === undefined ? "below it" : "there";
    const unused = used ? "" : ` (unused: nothing ${place} breaks the rule)`;
    return colours.dim(`${printPlace(where)}  ${code} allowed because ${reason}${unused}`);
  });
  const told = remarks.map(({ code, message, where }) =>
    colours.dim([printPlace(where), code, `note: ${message}`].filter(Boolean).join("  ")),
  );
  return [...blocks, ...listed, ...told, summary(findings.length, exceptions.length)].join("\n\n");
}

function block({ code, severity, message, where, fix }: Finding, text: string | undefined, colours: Colours): string {
  const frame = text !== undefined && where.excerpt !== undefined ? `\n${codeFrame(text, where)}` : "";
  const level = severity === "warning" ? " (advisory)" : "";
  return `${printPlace(where)}  ${colours.code(code)}${level}  ${message}${frame}\n  ${colours.dim("instead:")} ${fix}`;
}

function summary(findings: number, exceptions: number): string {
  const found =
    findings === 0 ? "The two tables are safe: no finding" : `${findings} ${findings === 1 ? "finding" : "findings"}`;
  return exceptions === 0
    ? `${found}.`
    : `${found}, ${exceptions} documented ${exceptions === 1 ? "exception" : "exceptions"}.`;
}
