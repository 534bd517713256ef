import type { AlterAction, Name, TagAssignment } from "../dialect/index";
import type { Act } from "./acts/act";
import { DYNAMIC, type ResolvedName } from "./acts/names";
import { isHiding } from "./landingSettings";
import { landingSubject } from "./landingSubject";
import type { Breach, Note } from "./rule";
import type { LawSettings } from "./settings";
import { objectTarget, type Target } from "./target";

/**
 * Policies that come to the landing table by a tag: on the table, on one of its columns, on what hands its tags down.
 * https://docs.snowflake.com/en/user-guide/tag-based-policies
 */
export function hiddenByTags(acts: readonly Act[], settings: LawSettings): (Breach & { act: Act })[] {
  const carriers = carriersIn(acts);
  if (carriers.length === 0) return [];
  return acts.flatMap((act) =>
    assignedTags(act, settings).flatMap(({ name, span, what }) => {
      const tag = objectTarget(name, act);
      const carrier = tag === DYNAMIC ? undefined : carriers.find((one) => mayBe(one.tag, tag));
      if (carrier === undefined) return [];
      return [
        {
          act,
          message: `The tag ${print(tag)} on ${what} carries ${carrier.policyType === "AGGREGATION" ? "an" : "a"} ${carrier.policyType.toLowerCase()} policy, which would hide from the refresh what was received.`,
          fix: "Tag the events table or views instead; nobody but the service role reads the landing table.",
          span,
        },
      ];
    }),
  );
}

/** Whether a tag carries a policy is said elsewhere, perhaps in no text at all. */
export const tagNotes = (act: Act, settings: LawSettings): Note[] =>
  assignedTags(act, settings).map(({ name, span, what }) => ({
    message: `Whether a policy hangs on the tag ${print(objectTarget(name, act))} is not told here; by its place on ${what} it would hide events from the refresh.`,
    span,
  }));

interface Carrier {
  tag: ResolvedName;
  policyType: string;
}

/** The tags that are given a policy, also under the names that they are given later. */
function carriersIn(acts: readonly Act[]): Carrier[] {
  const carriers = tagActions(acts).flatMap(({ tag, action }) =>
    action.kind === "PolicyAction" && action.verb === "SET" && isHiding(action.policyType)
      ? [{ tag, policyType: action.policyType }]
      : [],
  );
  if (carriers.length === 0) return carriers;
  for (const { tag, action, act } of tagActions(acts)) {
    const renamed = action.kind === "RenameTo" ? objectTarget(action.name, act) : DYNAMIC;
    const before = renamed === DYNAMIC ? undefined : carriers.find((one) => mayBe(one.tag, tag));
    if (before !== undefined && renamed !== DYNAMIC) carriers.push({ ...before, tag: renamed });
  }
  return carriers;
}

const tagActions = (acts: readonly Act[]): { tag: ResolvedName; action: AlterAction; act: Act }[] =>
  acts.flatMap((act) => {
    const { statement } = act;
    if (statement.kind !== "Alter" || statement.objectType !== "TAG" || !statement.name) return [];
    const tag = objectTarget(statement.name, act);
    return tag === DYNAMIC ? [] : statement.actions.map((action) => ({ tag, action, act }));
  });

/** Whether two names can mean one tag: they do not differ in any part that both have. */
function mayBe(one: ResolvedName, other: ResolvedName): boolean {
  const agrees = (a: string | undefined, b: string | undefined) => a === undefined || b === undefined || a === b;
  return one.name === other.name && agrees(one.schema, other.schema) && agrees(one.database, other.database);
}

interface Assigned {
  name: Name;
  span: { start: number; end: number };
  what: string;
}

function assignedTags(act: Act, settings: LawSettings): Assigned[] {
  const tags = tagsIn(act);
  if (tags.length === 0) return [];
  const subject = landingSubject(act, settings);
  return subject === undefined ? [] : tags.map(({ name, span }) => ({ name, span, what: subject.what }));
}

function tagsIn({ statement }: Act): Pick<TagAssignment, "name" | "span">[] {
  switch (statement.kind) {
    case "CreateTable":
      return [...statement.tags, ...statement.columns.flatMap(({ tags }) => tags)];
    case "CreateSchema":
    case "CreateDatabase":
      return statement.tags;
    case "Alter":
      return statement.actions.flatMap(tagsOf);
    default:
      return [];
  }
}

function tagsOf(action: AlterAction): Pick<TagAssignment, "name" | "span">[] {
  if (action.kind === "SetTags") return action.tags;
  if (action.kind === "AddColumns") return action.columns.flatMap(({ tags }) => tags);
  if (action.kind === "AlterColumn" && action.change.type === "SET TAG") return action.change.tags;
  if (action.kind !== "AlterColumn" && action.kind !== "ChangeTagValue") return [];
  const { change, span } = action;
  return change.type === "ADD VALUE" ? [{ name: change.tag, span }] : [];
}

const print = (tag: Target): string =>
  tag === DYNAMIC ? "of a name known at run time" : [tag.database, tag.schema, tag.name].filter(Boolean).join(".");
