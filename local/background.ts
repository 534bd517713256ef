import { startAlerts } from "./alerts/scheduler";
import { startDynamicTables } from "./dynamicTables/scheduler";
import { startRetentionCleaner } from "./retention/cleaner";
import type { BackgroundService, Services } from "./services";
import { startStageCleaner } from "./stages/cleaner";
import { startTasks } from "./tasks/scheduler";

type Starter = (services: Services) => BackgroundService;

/** What runs by itself: one line per engine. */
const STARTERS: Starter[] = [startDynamicTables, startAlerts, startTasks, startStageCleaner, startRetentionCleaner];

export const startBackgroundServices = (services: Services): BackgroundService[] =>
  STARTERS.map((start) => start(services));
