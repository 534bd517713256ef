/**
 * What the person's calls may cost in 24 hours. Credits are reckoned from run time, since a person's role sees no metering; the
 * run time of earlier processes comes from the audit.
 */
export class CreditBudget {
  private spentMs = 0;

  constructor(
    private readonly dailyCredits: number,
    private readonly creditsPerHour: number,
  ) {}

  /** Takes over what the audit has summed up, which includes everything recorded so far. */
  known(runtimeMs24h: number, unrecordedMs: number): void {
    this.spentMs = runtimeMs24h + unrecordedMs;
  }

  spend(runtimeMs: number): void {
    this.spentMs += runtimeMs;
  }

  get spentCredits(): number {
    return (this.spentMs / 3_600_000) * this.creditsPerHour;
  }

  get limit(): number {
    return this.dailyCredits;
  }

  get isUsedUp(): boolean {
    return this.spentCredits >= this.dailyCredits;
  }
}
