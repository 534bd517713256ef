/** A table-like object of the database and whether the law allows it. */
export interface CheckedObject {
  schema: string;
  name: string;
  kind: string;
  isAllowed: boolean;
  verdict: string;
  rows: number | null;
  bytes: number | null;
}

/** A rule of the law, from its page in docs/law. */
export interface LawRule {
  code: string;
  title: string;
  why: string;
  breaks: string[];
  keeps: string[];
}

export interface LawState {
  objects: CheckedObject[];
  violations: number;
}
