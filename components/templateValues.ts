import type { Names } from "./names";
import type { SqlValue } from "./renderSql";
import type { Settings } from "./settings";

/** What the placeholders in `sql/` stand for. */
export interface TemplateValues extends Record<string, SqlValue> {
  database: { identifier: string };
  query_warehouse: { identifier: string };
  refresh_warehouse: { identifier: string };
  target_lag: { literal: string };
  retention_days: { number: number };
  entity: { identifier: string };
  user_role: { identifier: string };
  notification_integration: { literal: string };
  notification_email: { literal: string };
}

export function templateValues(settings: Settings, names: Names): TemplateValues {
  return {
    database: { identifier: names.database },
    query_warehouse: { identifier: names.warehouses.query },
    refresh_warehouse: { identifier: names.warehouses.refresh },
    target_lag: { literal: settings.targetLag },
    retention_days: { number: settings.retentionDays },
    entity: { identifier: settings.entity },
    user_role: { identifier: names.roles.user },
    notification_integration: { literal: settings.notificationIntegration ?? "" },
    notification_email: { literal: settings.notificationEmail ?? "" },
  };
}
