import type { Namespace } from "../law/index";

/** A text of a resource that the law can judge. */
export interface JudgedText {
  sql: string;
  /** The input property that holds the text; absent for a statement that stands for the typed resource as a whole. */
  property?: string;
  /** What unqualified names in it mean. */
  namespace?: Namespace;
}

/** What the law sees of one resource. */
export interface Judged {
  texts: JudgedText[];
  /** Input properties that the law reads and that are not known before the update. */
  unknown: string[];
}
