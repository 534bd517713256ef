import type { Identifier, PolicyClause, Property, TagAssignment } from "../ast/index";
import type { Cursor } from "./cursor";
import { acceptDataMetrics } from "./dataMetrics";

const POLICY_TYPES: [string, ...string[]][] = [
  ["MASKING"],
  ["ROW", "ACCESS"],
  ["AGGREGATION"],
  ["PROJECTION"],
  ["JOIN"],
  ["STORAGE", "LIFECYCLE"],
  ["PRIVACY"],
  ["DATA", "MOVEMENT"],
];

/** The words between a policy and the columns it is about. */
const COLUMN_CLAUSES: [string, ...string[]][] = [["USING"], ["ON"], ["ENTITY", "KEY"], ["ALLOWED", "JOIN", "KEYS"]];

/** The type of the policy if `MASKING POLICY`, `ROW ACCESS POLICY` … stand here, which are stepped over. */
export function acceptPolicyType(cursor: Cursor): string | undefined {
  for (const words of POLICY_TYPES) if (cursor.acceptSequence(...words, "POLICY")) return words.join(" ");
  return undefined;
}

const NEEDS_COLUMNS: ReadonlySet<string> = new Set(["ROW ACCESS", "STORAGE LIFECYCLE"]);

/** The name of a policy and its columns, behind `… POLICY`. `start` is where the clause began. */
export function parsePolicy(cursor: Cursor, policyType: string, start: number, verb?: string): PolicyClause {
  const policy = cursor.name();
  let columns: Identifier[] = [];
  for (const words of COLUMN_CLAUSES)
    if (cursor.isSequence(...words, "(")) {
      cursor.acceptSequence(...words);
      columns = cursor.parenthesizedList(() => cursor.identifier(), true);
      break;
    }
  if (columns.length === 0 && verb === "ADD" && NEEDS_COLUMNS.has(policyType)) throw cursor.unexpected(["ON"]);
  const clause: PolicyClause = { kind: "PolicyClause", policyType, policy, columns, span: cursor.span(start) };
  while (cursor.isSequence("ENTITY", "KEY", "(") && columns.length > 0) {
    cursor.acceptSequence("ENTITY", "KEY");
    clause.furtherKeys = [...(clause.furtherKeys ?? []), cursor.parenthesizedList(() => cursor.identifier())];
  }
  if (cursor.accept("FORCE")) clause.force = true;
  clause.span = cursor.span(start);
  return clause;
}

/** `name = 'value'` */
export function parseTag(cursor: Cursor): TagAssignment {
  const { start } = cursor;
  const name = cursor.name();
  cursor.expect("=");
  const value = cursor.isString() ? cursor.string() : cursor.expression();
  return { kind: "TagAssignment", name, value, span: cursor.span(start) };
}

/** Where the clauses that any governed object or column may have are put. */
export interface Governed {
  policies?: PolicyClause[];
  tags: TagAssignment[];
  properties?: Property[];
}

/** Reads one of `[WITH] TAG (…)`, `[WITH] … POLICY …`, `WITH CONTACT (…)`, `WITH DATA METRIC FUNCTION (…)` into `into`; false if none stands here. */
export function acceptGovernance(cursor: Cursor, into: Governed): boolean {
  const { start } = cursor;
  const metrics = into.policies && into.properties && acceptDataMetrics(cursor);
  if (metrics !== undefined) {
    into.properties?.push(metrics);
    return true;
  }
  const mark = cursor.mark();
  const withWord = cursor.accept("WITH");
  if (cursor.isSequence("TAG", "(")) {
    cursor.next();
    into.tags.push(...cursor.parenthesizedList(() => parseTag(cursor)));
    return true;
  }
  if (into.properties !== undefined && cursor.isSequence("CONTACT", "(")) {
    into.properties.push(parseContact(cursor, start));
    return true;
  }
  if (into.policies !== undefined) {
    const policyType = acceptPolicyType(cursor);
    if (policyType !== undefined) {
      into.policies.push(parsePolicy(cursor, policyType, start, "ADD"));
      return true;
    }
  }
  if (withWord) cursor.reset(mark);
  return false;
}

/** `[WITH] CONTACT (purpose = contact, …)` of a column. */
export function acceptContact(cursor: Cursor): Property | undefined {
  const { start } = cursor;
  if (!cursor.isSequence("CONTACT", "(") && !cursor.isSequence("WITH", "CONTACT", "(")) return undefined;
  cursor.accept("WITH");
  return parseContact(cursor, start);
}

/** `CONTACT (purpose = contact, …)` */
function parseContact(cursor: Cursor, start: number): Property {
  cursor.expect("CONTACT");
  const mapStart = cursor.start;
  const properties = cursor.parenthesizedList((): Property => {
    const itemStart = cursor.start;
    const purpose = cursor.identifier();
    cursor.expect("=");
    const value = cursor.isString() ? cursor.string() : cursor.name();
    return { kind: "Property", name: purpose.value, value, span: cursor.span(itemStart) };
  });
  const value = { kind: "PropertyMap", properties, span: cursor.span(mapStart) } as const;
  return { kind: "Property", name: "CONTACT", value, bare: true, span: cursor.span(start) };
}
