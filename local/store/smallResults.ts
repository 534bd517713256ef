/** Rows that the engine hands over at once. */
const FEW_ROWS = 2048;
const NOTED = 1000;

/** Queries that gave few rows since the last commit, and so will again: they need not be fetched piece by piece. */
export class SmallResults {
  private readonly noted = new Set<string>();

  /** @param sql with the values in it */
  has(sql: string): boolean {
    return this.noted.has(sql);
  }

  note(sql: string, rowCount: number): void {
    if (rowCount > FEW_ROWS) return;
    if (this.noted.size >= NOTED) this.noted.clear();
    this.noted.add(sql);
  }

  committed(): void {
    this.noted.clear();
  }
}
