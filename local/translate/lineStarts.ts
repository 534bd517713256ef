import type { Position } from "../errors";

/** Where the lines of a text begin: every column of a long statement asks for its place. */
export class LineStarts {
  private readonly starts = [0];

  constructor(text: string) {
    for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) this.starts.push(i + 1);
  }

  /** Line (from 1) and position (from 0) of an offset. */
  position(offset: number): Position {
    let low = 0;
    for (let high = this.starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if ((this.starts[middle] as number) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.starts[low] as number) };
  }
}
