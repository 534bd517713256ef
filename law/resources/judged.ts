import type { EnclosingRoutine, OriginalText, Source } from "../acts/act";
import type { Namespace } from "../acts/names";
import type { Inputs } from "./inputs";

/** A text of a resource that the law judges. */
export interface JudgedText {
  sql: string;
  /** The input property that holds the text; absent for a statement that stands for the typed resource as a whole. */
  property?: string;
  /** What the property holds, when `sql` is more than that. */
  original?: OriginalText;
  /** What unqualified names in it mean. */
  namespace?: Namespace;
  /** Set when the text is the body of a procedure. */
  routine?: EnclosingRoutine;
  /** The rules that can tell already; all of them unless said otherwise. */
  only?: Source["only"];
  /** Set when there is no text to judge and that is the breach. */
  unread?: Source["unread"];
}

/** What the law sees of one resource. */
export interface Judged {
  texts: JudgedText[];
  /** Input properties that the law reads and that are not known before the update. */
  unknown: string[];
  /** What the law cannot see of it, and does not forbid. */
  remarks: string[];
}

/** Reads one type of resource. */
export type ResourceReader = (inputs: Inputs) => JudgedText[];

/** The text as the law takes it, with the resource's name. */
export const sourceOf = (resource: string, { sql, ...text }: JudgedText): Source => ({ text: sql, resource, ...text });

/** The text of a property with a statement around it that gives it its meaning. */
export function framed(before: string, written: string, after = ""): Pick<JudgedText, "sql" | "original"> {
  return {
    sql: `${before}${written}${after}`,
    original: {
      text: written,
      offsetOf(offset) {
        const at = offset - before.length;
        return at < 0 || at > written.length ? undefined : at;
      },
    },
  };
}
