import type { Judgement } from "../check";

/** Workflow commands: GitHub shows each as an annotation at its line. */
export const githubReport = ({ findings }: Judgement): string =>
  findings
    .map(
      ({ code, message, where, fix }) =>
        `::error file=${property(where.file ?? where.resource ?? "")},line=${where.line ?? 1},col=${where.column ?? 1},title=${property(code)}::${data(`${message} Instead: ${fix}`)}`,
    )
    .join("\n");

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
