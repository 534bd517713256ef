/** A half-open range of UTF-16 offsets into the text that was given to the parser, also for nodes inside `$$…$$` and `'…'` bodies. */
export interface Span {
  start: number;
  end: number;
}

/** What every node of the tree has: a `kind` that tells it apart and the place it was read from. */
export interface BaseNode {
  kind: string;
  span: Span;
}
