export interface Health {
  dynamicTable: string;
  schedulingState: string;
  suspendReason: string | null;
  targetLagSeconds: number;
  lagSeconds: number | null;
  isWithinTarget: boolean;
  lagP50Seconds: number | null;
  lagP99Seconds: number | null;
  timeWithinTargetRatio: number | null;
  lastRefreshAt: string | null;
  lastRefreshAction: string | null;
  lastError: string | null;
  lastErrorAt: string | null;
  succeeded24h: number;
  failed24h: number;
  full24h: number;
  rowsPerRefresh: number | null;
  rowsInserted24h: number;
}

export interface Refresh {
  startedAt: string;
  endedAt: string | null;
  /** How old the data was when the refresh ended, i.e. the lag it left. */
  lagSeconds: number | null;
  seconds: number | null;
  action: string;
  trigger: string;
  state: string;
  rowsInserted: number;
  rowsDeleted: number;
  message: string | null;
}

export interface DeadLetter {
  receivedAt: string;
  reason: string;
  action: string | null;
  actor: string | null;
  lane: string;
  bytes: number;
  /** What was received, cut at 2000 characters. */
  payload: string;
}

export interface DeadLetters {
  total: number;
  reasons: { reason: string; count: number; lastAt: string }[];
  latest: DeadLetter[];
}

export interface OrphanedEvent {
  id: string;
  dependsOn: string;
  action: string;
  actor: string | null;
  occurredAt: string;
  waitingSeconds: number;
}

export interface OpenAlert {
  kind: string;
  detail: string;
  firstAt: string;
  lastAt: string;
  times: number;
}

export interface HourOfHealth {
  hour: string;
  received: number;
  events: number;
  duplicates: number;
  deadLetters: number;
  queries: number;
  rejected: number;
  alerts: number;
}
