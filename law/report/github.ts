import type { Judgement } from "../check";
import type { Place } from "../finding";
import { slashed } from "./path";

/** Workflow commands: GitHub shows each as an annotation at its line; exceptions and notes as notices. */
export const githubReport = ({ findings, exceptions, remarks }: Judgement): string =>
  [
    ...findings.map(({ severity, code, message, where, fix }) =>
      command(severity, code, where, `${message} Instead: ${fix}`),
    ),
    ...exceptions.map(({ code, reason, where, used }) =>
      command("notice", code, where, used ? `Allowed because ${reason}` : `Unused exception: ${reason}`),
    ),
    ...remarks.map(({ code, message, where }) => command("notice", code, where, message)),
  ].join("\n");

function command(kind: string, code: string | undefined, where: Place, text: string): string {
  const file = where.file === undefined ? where.resource : slashed(where.file);
  const properties = [
    ...(file === undefined ? [] : [`file=${property(file)}`, `line=${where.line ?? 1}`, `col=${where.column ?? 1}`]),
    ...(code === undefined ? [] : [`title=${property(code)}`]),
  ].join(",");
  return `::${kind}${properties && ` ${properties}`}::${data(text)}`;
}

const data = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");

const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
