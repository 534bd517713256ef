import type { Clock } from "./clock";
import type { RunningStatements } from "./execution/running";
import type { QueryHistory } from "./history/queryHistory";
import type { RequestLog } from "./history/requestLog";
import type { ResultStore } from "./results/resultStore";
import type { Sessions } from "./session/sessions";
import type { Transfers } from "./stages/transfers";
import type { Store } from "./store/store";
import type { WarehouseMeter } from "./warehouses/meter";

/** What lives as long as the server. */
export interface Services {
  readonly store: Store;
  readonly clock: Clock;
  /** Of what clients wait for: logins, sessions, an answer. */
  readonly sessionClock: Clock;
  readonly sessions: Sessions;
  readonly history: QueryHistory;
  readonly results: ResultStore;
  readonly requests: RequestLog;
  /** Statements that run now, by query id. */
  readonly running: RunningStatements;
  readonly warehouses: WarehouseMeter;
  readonly transfers: Transfers;
  readonly account: AccountIdentity;
  /** Engines that run by themselves (dynamic tables, tasks, alerts) register here and are stopped at shut-down. */
  readonly background: BackgroundService[];
}

export interface BackgroundService {
  stop(): Promise<void>;
}

/** What CURRENT_ACCOUNT() and its kin answer. */
export interface AccountIdentity {
  /** `LOCAL01` */
  locator: string;
  accountName: string;
  organizationName: string;
  region: string;
  version: string;
}
