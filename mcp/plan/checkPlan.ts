import { checkGroups, checkMeasures, checkOrders } from "./checkColumns";
import { checkFilters } from "./checkFilters";
import { checkWindow } from "./checkWindow";
import { checkList, finding, isObject, type Json, listOf, unknownKeys, wordOf } from "./findings";
import { ACTION_NAME, MATCHES, MOST, PARTS, RELATIONSHIP_NAMES, relationName } from "./grammar";
import { meantPart } from "./meantNames";
import { nearest } from "./nearest";
import { type Finding, show } from "./problem";

/** Everything that is wrong with a plan by its grammar. Permissions and budgets are the warehouse's to judge. */
export function checkPlan(plan: unknown): Finding[] {
  if (!isObject(plan)) {
    const message = `must be an object with actions and what to do with them, found ${show(plan)}`;
    return [{ at: [], path: "", message, found: show(plan) }];
  }
  const relations = checkRelations(plan);
  return [
    ...Object.keys(plan).flatMap((key) => unknownPart(key, plan)),
    ...checkActions(plan),
    ...checkWindow(plan.window),
    ...relations,
    ...checkFilters(plan.filters),
    ...checkGroups(plan),
    ...checkMeasures(plan),
    ...checkOrders(plan),
    ...checkLimit(plan.limit),
  ];
}

function unknownPart(key: string, plan: Json): Finding[] {
  if ((PARTS as readonly string[]).includes(key)) return [];
  const meant = meantPart(key);
  const message = `is not part of a plan${meant && !(meant in plan) ? `; did you mean ${meant}?` : ""}`;
  return [finding([key], message, { found: plan[key], allowed: PARTS, fix: "remove" })];
}

function checkActions({ actions }: Json): Finding[] {
  if (!Array.isArray(actions) || actions.length < 1 || actions.length > MOST.actions) {
    const fix = typeof actions === "string" && ACTION_NAME.test(actions) ? { value: [actions] } : undefined;
    return [finding(["actions"], `must be a list of 1 to ${MOST.actions} action names`, { found: actions, fix })];
  }
  return actions.flatMap((action, index) => checkAction(action, ["actions", index]));
}

function checkAction(action: unknown, at: (string | number)[]): Finding[] {
  if (typeof action === "string" && action.length <= 200 && ACTION_NAME.test(action)) return [];
  const lower =
    typeof action === "string"
      ? action
          .trim()
          .toLowerCase()
          .replace(/[\s:/-]+/g, ".")
      : "";
  const fix = ACTION_NAME.test(lower) && lower.length <= 200 ? { value: lower } : undefined;
  return [finding(at, "must be an action name: noun.verb_past of a-z, 0-9, _ and dots", { found: action, fix })];
}

function checkRelations(plan: Json): Finding[] {
  const names = new Set<string>();
  return [
    ...checkList(plan, "relate"),
    ...listOf(plan, "relate").flatMap((item, index) => {
      const at = ["relate", index];
      if (!isObject(item)) {
        const message = 'must be an object such as {"relationship": "first_before", "action": "page.viewed"}';
        return [finding(at, message, { found: item, fix: "remove" })];
      }
      const found = unknownKeys(item, at, ["relationship", "action", "match", "as"]);
      const { relationship, action } = item;
      if (typeof relationship !== "string" || !(RELATIONSHIP_NAMES as string[]).includes(relationship)) {
        const meant = typeof relationship === "string" ? nearest(relationship, RELATIONSHIP_NAMES) : undefined;
        const fix = meant ? { value: meant } : undefined;
        found.push(
          finding([...at, "relationship"], "must be one of the ten relationships", {
            found: relationship,
            allowed: RELATIONSHIP_NAMES,
            fix,
          }),
        );
      }
      if (item.match !== undefined && item.match !== null && !(MATCHES as readonly unknown[]).includes(item.match)) {
        const message = "must be what both share";
        found.push(finding([...at, "match"], message, { found: item.match, allowed: MATCHES, fix: "remove" }));
      }
      found.push(...checkAction(action, [...at, "action"]));
      const name = item.as ?? relationName(wordOf(relationship), wordOf(action));
      if ((item.as ?? undefined) !== undefined && (typeof name !== "string" || !/^[a-z][a-z0-9_]{0,60}$/.test(name)))
        found.push(
          finding([...at, "as"], "must be a word of a-z, 0-9 and _, at most 61 characters", {
            found: name,
            fix: "remove",
          }),
        );
      else if (wordOf(name).length > 61)
        found.push(
          finding([...at, "as"], "is needed: the name made of relationship and action is longer than 61 characters", {
            fix: { value: `relation_${index}` },
          }),
        );
      else if (names.has(wordOf(name)))
        found.push(
          finding([...at, "as"], `must differ from the other relations, found "${name}" twice`, {
            fix: { value: `${name}_${index}` },
          }),
        );
      names.add(wordOf(name));
      return found;
    }),
  ];
}

function checkLimit(limit: unknown): Finding[] {
  if (limit === undefined || limit === null) return [];
  if (Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= MOST.limit) return [];
  const number = Math.round(Number(wordOf(limit)));
  const fix = Number.isFinite(number) && number >= 1 ? { value: Math.min(number, MOST.limit) } : ("remove" as const);
  return [finding(["limit"], `must be a whole number from 1 to ${MOST.limit}`, { found: limit, fix })];
}
