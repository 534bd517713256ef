/** The rules of the law; the meaning of each is on its page in docs/law. */
export type RuleCode =
  | "TT01"
  | "TT02"
  | "TT03"
  | "TT04"
  | "TT05"
  | "TT06"
  | "TT07"
  | "TT08"
  | "TT09"
  | "TT10"
  | "TT11"
  | "TT12";

export type Severity = "error" | "warning";

/** Where a finding stands. Lines and columns count from 1. */
export interface Place {
  /** A Pulumi resource, a file, or an object of a live account: whatever carries the text. */
  file?: string;
  resource?: string;
  /** The property of the resource that holds the text, e.g. `execute`. */
  property?: string;
  line?: number;
  column?: number;
  /** The offending line, trimmed. */
  excerpt?: string;
  /** Offsets into the text, for code frames. */
  span?: { start: number; end: number };
}

/** One breach of one rule: what was found and what must hold (`message`), and what to do instead (`fix`). */
export interface Finding {
  code: RuleCode;
  severity: Severity;
  message: string;
  where: Place;
  fix: string;
}

/** What the law could not tell or not read: listed in every report, and no breach. */
export interface Remark {
  /** The rule that looked; absent when nothing could be looked at. */
  code?: RuleCode;
  message: string;
  where: Place;
}
