import type { ObjectKind } from "../catalogue/model";

/**
 * Which privilege an ALTER takes: kind of object → action → privileges of which one suffices. Ownership always does.
 * An action that is not listed takes OWNERSHIP. `SET` and `UNSET` stand for properties and parameters, `TAG` for tags.
 * Sources: the "Access control requirements" of each ALTER page, https://docs.snowflake.com/en/sql-reference/sql/alter
 */
export const ALTER_PRIVILEGES: Partial<Record<ObjectKind, Record<string, readonly string[]>>> = {
  DATABASE: { SET: ["MODIFY"], UNSET: ["MODIFY"] },
  SCHEMA: { SET: ["MODIFY"], UNSET: ["MODIFY"] },
  WAREHOUSE: {
    SET: ["MODIFY"],
    UNSET: ["MODIFY"],
    SUSPEND: ["OPERATE"],
    RESUME: ["OPERATE"],
    "RESUME IF SUSPENDED": ["OPERATE"],
    "ABORT ALL QUERIES": ["OPERATE"],
  },
  DYNAMIC_TABLE: {
    SET: ["OPERATE"],
    UNSET: ["OPERATE"],
    SUSPEND: ["OPERATE"],
    RESUME: ["OPERATE"],
    REFRESH: ["OPERATE"],
  },
  TASK: { SUSPEND: ["OPERATE"], RESUME: ["OPERATE"] },
  PIPE: { SET: ["OPERATE"], UNSET: ["OPERATE"], REFRESH: ["OPERATE"] },
  ALERT: { SUSPEND: ["OPERATE"], RESUME: ["OPERATE"] },
  STAGE: { REFRESH: ["WRITE"] },
  RESOURCE_MONITOR: { SET: ["MODIFY"], TRIGGERS: ["MODIFY"] },
};

export const alterPrivileges = (kind: ObjectKind, action: string): readonly string[] =>
  ALTER_PRIVILEGES[kind]?.[action] ?? ["OWNERSHIP"];
