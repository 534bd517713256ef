import type { Act } from "./acts/act";
import type { RuleCode, Severity } from "./finding";
import type { LawSettings } from "./settings";

/** What a rule says of one act: the node it points at, when it is narrower than the whole statement, and the words. */
export interface Breach {
  message: string;
  fix: string;
  span?: { start: number; end: number };
  /** The place holds a secret: reports show no excerpt of it. */
  secret?: boolean;
}

/** What the text alone cannot tell: no breach, and not passed in silence. */
export interface Note {
  message: string;
  span: { start: number; end: number };
}

/**
 * One rule of the law. `check` is pure and looks at one act at a time; what can only be seen over everything that was
 * declared together (such as a missing table) is `checkAll`.
 */
export interface Rule {
  code: RuleCode;
  /** The sentence of the rule. */
  title: string;
  severity: Severity;
  /** Why the rule exists, for its page in docs/law. */
  why: string;
  /** Texts that break the rule and texts that keep it: the examples of its page, and run as tests. */
  examples: { fail: string[]; pass: string[] };
  check?(act: Act, settings: LawSettings): Breach[];
  /** `whole` when the acts are all that there is, as in an account or a stack: then what is missing is a breach. */
  checkAll?(acts: Act[], settings: LawSettings, whole: boolean): (Breach & { act?: Act })[];
  notes?(act: Act, settings: LawSettings): Note[];
}
