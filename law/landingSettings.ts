import type { CreateTable, PolicyClause, Property } from "../dialect/index";
import type { Act } from "./acts/act";
import { givenText, isFalse, property } from "./properties";
import type { Breach } from "./rule";

/** The columns that every landing table has; whatever leaves one out drops it. */
export const LANDING_COLUMNS: readonly string[] = ["PAYLOAD", "_SOURCE_LANE", "_RECV_AT"];

/** What the landing table may not be given, in any statement that gives it. `what` names it, or what hands a setting down to it. */

/** A retention of 0 days, also where only run time knows it. */
export function noRetention(properties: readonly Property[], what: string, act: Act): Breach[] {
  const retention = property(properties, "DATA_RETENTION_TIME_IN_DAYS");
  if (!retention) return [];
  const days = givenText(retention.value, act.constantOf);
  if (days !== undefined && Number(days) !== 0) return [];
  return [
    {
      message:
        days === undefined
          ? `Sets the retention of ${what} to what is only known at run time; 0 days are no time travel, and no incremental refresh.`
          : `Sets the retention of ${what} to 0 days: no time travel, and no incremental refresh.`,
      fix: "Keep at least one day.",
      span: retention.span,
    },
  ];
}

/** Change tracking switched off. */
export function noTracking(properties: readonly Property[], what: string, act: Act): Breach[] {
  const tracking = property(properties, "CHANGE_TRACKING");
  return tracking && givenText(tracking.value, act.constantOf)?.toUpperCase() !== "TRUE"
    ? [
        {
          message: `Switches change tracking of ${what} off; the events table is refreshed from it.`,
          fix: "Set CHANGE_TRACKING = TRUE.",
          span: tracking.span,
        },
      ]
    : [];
}

/** Schema evolution: a load may spread an event over new columns, where nobody looks for it. */
export function evolving(properties: readonly Property[], what: string): Breach[] {
  const evolution = property(properties, "ENABLE_SCHEMA_EVOLUTION");
  return evolution && !isFalse(evolution.value)
    ? [
        {
          message: `Lets loads change the columns of ${what}: what they bring would lie beside PAYLOAD, where the events table does not look.`,
          fix: "Leave ENABLE_SCHEMA_EVOLUTION out; a new field is a new key of PAYLOAD.",
          span: evolution.span,
        },
      ]
    : [];
}

/** Policies that take rows away, or that hide them from the refresh of the events table. */
export const policiesOn = (policies: readonly Policy[], what: string): Breach[] =>
  policies.flatMap((policy) => policyOn(policy, what));

type Policy = Pick<PolicyClause, "policyType" | "span">;

function policyOn({ policyType, span }: Policy, what: string): Breach[] {
  if (/LIFECYCLE/.test(policyType))
    return [
      {
        message: `A lifecycle policy would expire rows of ${what}.`,
        fix: "Keep every event; old ones cost storage alone.",
        span,
      },
    ];
  return isHiding(policyType)
    ? [
        {
          message: `${/^A/.test(policyType) ? "An" : "A"} ${policyType.toLowerCase()} policy on ${what} would hide from the refresh what was received.`,
          fix: "Put the policy on the events table or on a view; nobody but the service role reads the landing table.",
          span,
        },
      ]
    : [];
}

const HIDING = /^(MASKING|ROW ACCESS|PROJECTION|AGGREGATION|JOIN|PRIVACY)$/;

/** Policies by which a reader, and so the refresh, sees less than there is. */
export const isHiding = (policyType: string): boolean => HIDING.test(policyType);

/** The policies of the columns of a table. */
export const columnPolicies = ({ columns }: Pick<CreateTable, "columns">): Policy[] =>
  columns.flatMap(({ policies }) => policies);
