import type { EnclosingRoutine } from "../acts/act";
import type { Namespace } from "../acts/names";

/** A text of a resource that the law judges. */
export interface JudgedText {
  sql: string;
  /** The input property that holds the text; absent for a statement that stands for the typed resource as a whole. */
  property?: string;
  /** What unqualified names in it mean. */
  namespace?: Namespace;
  /** Set when the text is the body of a procedure. */
  routine?: EnclosingRoutine;
}

/** What the law sees of one resource. */
export interface Judged {
  texts: JudgedText[];
  /** Input properties that the law reads and that are not known before the update. */
  unknown: string[];
}

/** Reads one type of resource. */
export type ResourceReader = (inputs: import("./inputs").Inputs) => JudgedText[];
