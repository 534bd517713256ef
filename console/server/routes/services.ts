import type { Assets } from "../assets";
import type { ConsoleOptions } from "../consoleOptions";
import type { EventServices } from "../events/eventRoutes";
import type { LiveHub } from "../live/liveHub";
import type { RefreshWatcher } from "../live/refreshWatcher";
import type { AccessToken } from "../security/accessToken";
import type { Warehouse } from "../warehouse/warehouse";

/** Everything the routes work with. */
export interface ConsoleServices {
  options: ConsoleOptions;
  warehouse: Warehouse;
  assets: Assets;
  access: AccessToken;
  hub: LiveHub;
  watcher: RefreshWatcher;
  /** Undefined: this console takes no events. */
  events?: EventServices;
  startedAt: number;
  /** Set once the ports are known. */
  webSocketPort: number | null;
}
