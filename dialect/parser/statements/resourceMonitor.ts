import type { CreateResourceMonitor, ResourceMonitorTrigger } from "../../ast/index";
import type { Cursor } from "../cursor";
import { parseProperties } from "../properties";
import { type CreateHead, parseCreateStart } from "./createHead";

/** https://docs.snowflake.com/en/sql-reference/sql/create-resource-monitor */
export function parseCreateResourceMonitor(cursor: Cursor, head: CreateHead): CreateResourceMonitor {
  const start = parseCreateStart(cursor, head);
  cursor.accept("WITH");
  const properties = parseProperties(cursor);
  const triggers = acceptTriggers(cursor) ?? [];
  return { kind: "CreateResourceMonitor", ...start, properties, triggers, span: cursor.span(head.start) };
}

/** `TRIGGERS ON 90 PERCENT DO SUSPEND ON …` */
export function acceptTriggers(cursor: Cursor): ResourceMonitorTrigger[] | undefined {
  if (!cursor.accept("TRIGGERS")) return undefined;
  const triggers: ResourceMonitorTrigger[] = [];
  do triggers.push(parseTrigger(cursor));
  while (cursor.is("ON"));
  return triggers;
}

function parseTrigger(cursor: Cursor): ResourceMonitorTrigger {
  const { start } = cursor;
  cursor.expect("ON");
  const percent = cursor.integer();
  cursor.expectSequence("PERCENT", "DO");
  const action = cursor.expectAnyOf("SUSPEND", "SUSPEND_IMMEDIATE", "NOTIFY");
  return { kind: "ResourceMonitorTrigger", percent, action, span: cursor.span(start) };
}
