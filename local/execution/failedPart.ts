import type { Statement } from "../../dialect/index";
import { SnowflakeError } from "../errors";
import { LineStarts } from "../translate/lineStarts";

const CANCELED = "57014";

/**
 * What a request of several statements says of the one that failed: its text, its place, and the error with places counted within it.
 * A procedure of the system runs them, and its own place is named too.
 */
export function failedPart(text: string, { span }: Statement, error: SnowflakeError): SnowflakeError {
  if (error.sqlState === CANCELED) return error;
  const { line, column } = new LineStarts(text).position(span.start);
  const own = error.message.replace(/(?<=\bline )(\d+) at position (\d+)/, (_, at: string, position: string) => {
    const within = Number(at) - line + 1;
    return `${within} at position ${within === 1 ? Number(position) - column : position}`;
  });
  return new SnowflakeError(
    "100132",
    "P0000",
    `JavaScript execution error: Uncaught Execution of multiple statements failed on statement "${text.slice(span.start, span.end)}" (at line ${line}, position ${column}).\n${own} in SYSTEM$MULTISTMT at '    throw \`Execution of multiple statements failed on statement {0} (at line {1}, position {2}).\`.replace('{1}', LINES[i])' position 4\nstackstrace: \nSYSTEM$MULTISTMT line: 10`,
  );
}
