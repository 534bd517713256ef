/** One thing that is wrong with a plan or an argument, told so that a model can mend it. */
export interface Problem {
  /** Place in the plan, such as `filters[0].op`; empty for the plan as a whole. */
  path: string;
  message: string;
  /** What stands there, cut to 120 characters of JSON. */
  found?: string;
  /** What may stand there. */
  allowed?: readonly string[];
}

/** A problem and how the plan becomes right: another value for the place, or none. */
export interface Finding extends Problem {
  fix?: { value: unknown } | "remove";
  /** Keys from the plan to the place. */
  at: readonly (string | number)[];
}

export const pathText = (at: readonly (string | number)[]): string =>
  at
    .map((key, index) => (typeof key === "number" ? `[${key}]` : `${index === 0 ? "" : "."}${shorten(key, 60)}`))
    .join("");

/** JSON of a value, short and free of characters that are not seen. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  let text: string;
  try {
    text = JSON.stringify(value) ?? typeof value;
  } catch {
    text = typeof value;
  }
  return shorten(text, 120);
}

export function shorten(text: string, most: number): string {
  const visible = visibly(text);
  return visible.length <= most ? visible : `${visible.slice(0, most - 1)}…`;
}

/** Control, direction-changing, zero-width, tag and half characters as `\uXXXX`, so that no text hides in a message. */
export function visibly(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}
