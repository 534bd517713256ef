import type { AlterAction, Name, TagAssignment } from "../../../../dialect/index";
import type { ColumnDoc, ObjectDoc, TagDoc } from "../../../catalogue/model";
import { compilationError, invalidValue, SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { resolveSchemaObject } from "../../../names/resolve";
import { denied } from "../../../privileges/check";
import { has, hasGlobal } from "../../../privileges/index";
import { textOf } from "./values";

const MAX_TAG_VALUE = 256;

/** How a refusal calls tags with several values. */
export const MULTI_VALUE_TAG = "multi-value tag";

function tagToApply(context: ExecutionContext, name: Name): TagDoc {
  const tag = resolveSchemaObject(context, "TAG", name, "SET TAG");
  if (!has(context, "APPLY", tag) && !hasGlobal(context, "APPLY TAG")) throw denied(context, tag, "APPLY");
  return tag;
}

/** Tags of the object itself or of a column of it. */
export const isTagAction = (action: AlterAction): boolean =>
  action.kind === "SetTags" ||
  action.kind === "UnsetTags" ||
  (action.kind === "AlterColumn" && /^(UN)?SET TAG$/.test(action.change.type));

/** `TAG (a = 'x')` as the document keeps it: tag id → value. */
export function tagValues(
  context: ExecutionContext,
  tags: readonly TagAssignment[],
): Record<string, string> | undefined {
  if (tags.length === 0) return undefined;
  const values: Record<string, string> = {};
  for (const { name, value } of tags) {
    const tag = tagToApply(context, name);
    const text = textOf(context, value, tag.name);
    if (text.length > MAX_TAG_VALUE) throw invalidValue(text, tag.name);
    if (tag.allowedValues && !tag.allowedValues.includes(text)) {
      throw compilationError("003559", "22023", `Tag value '${text}' is not an allowed value of tag '${tag.name}'.`);
    }
    const before = values[tag.id];
    if (before !== undefined && before !== text)
      throw new SnowflakeError(
        "003559",
        "22023",
        `Same tag ${tag.name} with multiple values provided, values = ${before}, ${text}`,
      );
    values[tag.id] = text;
  }
  return values;
}

export function withoutTags(
  context: ExecutionContext,
  current: Record<string, string> | undefined,
  names: readonly Name[],
): Record<string, string> | undefined {
  const rest = { ...current };
  for (const name of names) delete rest[tagToApply(context, name).id];
  return Object.keys(rest).length > 0 ? rest : undefined;
}

type Tagged = { tags?: Record<string, string> };

/**
 * The draft of a relation with the tags of the one that it replaces, which win over its own; columns are matched by name.
 * Source: https://docs.snowflake.com/en/release-notes/2026/other/2026-04-02-create-table-copy-tags-ga
 */
export function withTagsOf(existing: ObjectDoc, draft: object): object {
  if (!("columns" in existing && "columns" in draft)) return draft;
  const tagged = <T extends Tagged>(doc: T, { tags }: Tagged): T =>
    tags ? { ...doc, tags: { ...doc.tags, ...tags } } : doc;
  const columns = (draft.columns as ColumnDoc[]).map((column) =>
    tagged(column, existing.columns.find((c) => c.name === column.name) ?? {}),
  );
  return { ...tagged(draft as Tagged, existing), columns };
}
