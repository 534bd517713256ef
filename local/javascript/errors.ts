import { SnowflakeError } from "../errors";

/** What a handler threw, as `handlerApi.cjs` describes it. */
export type Thrown =
  /** What the server refused, or a method of the API: its words and where it was asked. */
  | { refused: string; trace: string }
  /** An error of its own. */
  | { text: string; stack: string };

interface Frame {
  fn: string;
  line: number;
  position: number;
}

/** The frames of a stack that stand in the handler, innermost first; lines from 1, positions from 0. */
function framesOf(stack: string): Frame[] {
  return [...stack.matchAll(/^\s*at (?:(.*?) \()?snowflake:handler:(\d+):(\d+)\)?$/gm)].map(
    ([, fn = "", line, column]) => ({
      fn: fn.replace(/^(?:new|async|Object\.)\s*/, ""),
      line: Number(line),
      position: Number(column) - 1,
    }),
  );
}

/** The one `throw` of a text, or undefined when there is none or there are several. */
function onlyThrow(text: string): number | undefined {
  const [first, second] = [...text.matchAll(/\bthrow\b/g)];
  return first && !second ? first.index : undefined;
}

/** Where a value was thrown: V8 says it of errors alone, and of these where they were made. */
function thrownAt(lines: readonly string[], frame: Frame | undefined): { line: number; position: number } | undefined {
  if (frame) {
    const text = lines[frame.line - 1] ?? "";
    const isMade = /^(?:new\s|\w*Error\()/.test(text.slice(frame.position));
    return { line: frame.line, position: (isMade ? onlyThrow(text) : undefined) ?? frame.position };
  }
  const throwing = lines.flatMap((text, i) =>
    /\bthrow\b/.test(text) ? [{ line: i + 1, position: onlyThrow(text) }] : [],
  );
  const [only, another] = throwing;
  return only?.position !== undefined && !another ? { line: only.line, position: only.position } : undefined;
}

/** An uncaught error in the words of an account: the error, its line as written and its place there, the functions that it passed. */
function executionError(name: string, body: string, { text, stack }: { text: string; stack: string }): SnowflakeError {
  const lines = body.split("\n");
  const frames = framesOf(stack);
  const at = thrownAt(lines, frames[0]);
  const where = at ? ` at '${lines[at.line - 1]}' position ${at.position}` : "";
  const outer = frames.at(-1) ?? at;
  const passed = [
    ...frames.slice(0, -1).flatMap(({ fn, line }) => (fn && fn !== "<anonymous>" ? [`${fn} line: ${line}`] : [])),
    ...(outer ? [`${name} line: ${outer.line}`] : []),
  ];
  const trace = passed.length > 0 ? `\nstackstrace: \n${passed.join("\n")}` : "";
  return new SnowflakeError(
    "100132",
    "P0000",
    `JavaScript execution error: Uncaught ${text} in ${name}${where}${trace}`,
  );
}

/** A body that is no JavaScript. `stack` begins with the place, the line and a mark below it, as V8 prints them. */
export function unreadableHandler(name: string, text: string, stack: string): SnowflakeError {
  const [, line = "", mark = ""] = /^snowflake:handler:\d+\n(.*)\n( *)\^/.exec(stack) ?? [];
  const where = stack.startsWith("snowflake:handler") ? ` at '${line}' position ${mark.length}` : "";
  return new SnowflakeError("100131", "P0000", `JavaScript compilation error: Uncaught ${text} in ${name}${where}`);
}

/** A refusal that no `catch` of the handler took. */
const refusedInHandler = (name: string, message: string, trace: string) =>
  new SnowflakeError("100183", "P0000", `Execution error in store procedure ${name}:\n${message}\nAt ${trace}`);

export const handlerTimeout = (name: string, milliseconds: number) =>
  executionError(name, "", { text: `Error: the function ran longer than ${milliseconds / 1000} seconds`, stack: "" });

export const errorOf = (name: string, body: string, thrown: Thrown): SnowflakeError =>
  "refused" in thrown ? refusedInHandler(name, thrown.refused, thrown.trace) : executionError(name, body, thrown);
