import type { Token } from "./tokens";

/** Brackets within brackets: nobody writes them deeper, and what stands there is read without its meaning. */
export const DEEPEST = 100;

const OPENING = "([{";

/** A place among the tokens of a body, and what stands there. */
export class Cursor {
  /** Where what opens at a place closes. */
  protected readonly closing = new Map<number, number>();
  protected at = 0;
  protected depth = 0;

  constructor(protected readonly tokens: readonly Token[]) {
    const open: number[] = [];
    for (const [index, token] of tokens.entries()) {
      if (token.type !== "mark") continue;
      if (OPENING.includes(token.mark)) open.push(index);
      else if (")]}".includes(token.mark)) {
        const opened = open.pop();
        if (opened !== undefined) this.closing.set(opened, index);
      }
    }
  }

  protected get opens(): boolean {
    return OPENING.includes(this.mark() || " ");
  }

  protected mark(end = this.tokens.length): string {
    return this.at < end ? this.markAt(this.at) : "";
  }

  protected markAt(index: number): string {
    const token = this.tokens[index];
    return token?.type === "mark" ? token.mark : "";
  }

  protected name(ahead = 0, end = this.tokens.length): string | undefined {
    const token = this.at + ahead < end ? this.tokens[this.at + ahead] : undefined;
    return token?.type === "name" ? token.name : undefined;
  }
}
