export interface DayOfCosts {
  /** YYYY-MM-DD, UTC. */
  day: string;
  events: number;
  /** Credits by warehouse; null while metering is not visible. */
  credits: Record<string, number | null>;
  creditsPerMillionEvents: number | null;
}

/** What the refresh warehouse would be billed for a day like the last one, at a target lag. */
export interface LagCost {
  lagMinutes: number;
  refreshesPerDay: number;
  billedSecondsPerDay: number;
  creditsPerDay: number;
}

export interface Costs {
  warehouses: { name: string; purpose: string }[];
  days: DayOfCosts[];
  storageBytes: number | null;
  /** Why figures are missing. */
  note: string | null;
  lag: LagCost[];
  /** How long a refresh took lately, which the estimate is made with. */
  refreshSeconds: number;
}
