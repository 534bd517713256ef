import { mayApply } from "../../bodyPolicies/attach";
import { type BodyPolicyDoc, bodyPolicyUses } from "../../bodyPolicies/references";
import {
  type AccountDoc,
  type AuthenticationPolicyDoc,
  type ObjectDoc,
  type PasswordPolicyDoc,
  RELATION_KINDS,
  type RelationDoc,
  type TagDoc,
  type UserDoc,
} from "../../catalogue/model";
import { invalidValue } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import { fullName, printName } from "../../names/print";
import { owns } from "../../privileges/index";
import { databaseName, schemaName } from "../../statements/show/scope";
import { nameArgument, textArgument } from "../arguments";
import { none, systemFunctionOf, text } from "../define";
import { taggedObject } from "./taggedObject";

interface PolicyReference {
  policy: PasswordPolicyDoc | AuthenticationPolicyDoc | BodyPolicyDoc;
  entity: UserDoc | AccountDoc | RelationDoc;
  column?: string;
  /** Of the arguments, but for the masked column itself. */
  argumentColumns?: string[];
}

/** Policies of the account and its users. */
function loginPolicies(context: ExecutionContext): PolicyReference[] {
  const { catalogue } = context;
  return [...catalogue.all("ACCOUNT"), ...catalogue.all("USER")].flatMap((entity) => {
    const policies = [
      entity.passwordPolicyId === undefined ? undefined : catalogue.get("PASSWORD_POLICY", entity.passwordPolicyId),
      entity.authenticationPolicyId === undefined
        ? undefined
        : catalogue.get("AUTHENTICATION_POLICY", entity.authenticationPolicyId),
    ];
    return policies.flatMap((policy) => (policy ? [{ policy, entity }] : []));
  });
}

/** Masking and row access policies that the role may apply or owns. */
function bodyPolicies(context: ExecutionContext): PolicyReference[] {
  return bodyPolicyUses(context.catalogue).flatMap(({ policy, relation, column, attached }) => {
    if (!mayApply(context, policy) && !owns(context, policy)) return [];
    const names = attached.columns.map((id) => relation.columns.find((c) => c.id === id)?.name ?? "");
    const argumentColumns = column ? names.slice(1) : names;
    return [
      {
        policy,
        entity: relation,
        ...(column ? { column: column.name } : {}),
        ...(argumentColumns.length > 0 ? { argumentColumns } : {}),
      },
    ];
  });
}

const isRelation = (entity: PolicyReference["entity"]): entity is RelationDoc =>
  (RELATION_KINDS as readonly string[]).includes(entity.kind);

/** Dynamic tables count as tables. */
const domainOf = (entity: PolicyReference["entity"]): string =>
  entity.kind === "DYNAMIC_TABLE" ? "TABLE" : entity.kind;

const isNamed = (context: ExecutionContext, doc: ObjectDoc, name: readonly string[]): boolean =>
  `.${fullName(context.catalogue, doc)}`.endsWith(`.${printName(...name)}`);

/**
 * By the policy, or by what it is attached to. An object that can have no policy here is not looked up, as the plugin asks right
 * after CREATE. Source: https://docs.snowflake.com/en/sql-reference/functions/policy_references
 */
export const POLICY_REFERENCES = systemFunctionOf<PolicyReference>(
  "POLICY_REFERENCES",
  ["POLICY_NAME?", "REF_ENTITY_NAME?", "REF_ENTITY_DOMAIN?"],
  [
    text("POLICY_DB", ({ policy }, context) => databaseName(context, policy)),
    text("POLICY_SCHEMA", ({ policy }, context) => schemaName(context, policy)),
    text("POLICY_NAME", ({ policy }) => policy.name),
    text("POLICY_KIND", ({ policy }) => policy.kind),
    text("REF_DATABASE_NAME", ({ entity }, context) => (isRelation(entity) ? databaseName(context, entity) : null)),
    text("REF_SCHEMA_NAME", ({ entity }, context) => (isRelation(entity) ? schemaName(context, entity) : null)),
    text("REF_ENTITY_NAME", ({ entity }, context) =>
      entity.kind === "ACCOUNT" ? context.services.account.locator : entity.name,
    ),
    text("REF_ENTITY_DOMAIN", ({ entity }) => domainOf(entity)),
    text("REF_COLUMN_NAME", ({ column }) => column),
    text("REF_ARG_COLUMN_NAMES", ({ argumentColumns }) =>
      argumentColumns ? `[ ${argumentColumns.map((name) => `"${name}"`).join(", ")} ]` : null,
    ),
    none("TAG_DATABASE"),
    none("TAG_SCHEMA"),
    none("TAG_NAME"),
    text("POLICY_STATUS", () => "ACTIVE"),
  ],
  (context, args) => {
    const domain = textArgument(args, "REF_ENTITY_DOMAIN")?.toUpperCase();
    const entityName = nameArgument(args, "REF_ENTITY_NAME");
    const policyName = nameArgument(args, "POLICY_NAME");
    return [...loginPolicies(context), ...bodyPolicies(context)].filter(({ policy, entity }) => {
      if (policyName) return isNamed(context, policy, policyName);
      if (domainOf(entity) !== domain) return false;
      if (isRelation(entity)) return entityName !== undefined && isNamed(context, entity, entityName);
      return entity.kind === "ACCOUNT" || entity.name === entityName?.at(-1);
    });
  },
);

export const DATA_METRIC_FUNCTION_REFERENCES = systemFunctionOf<never>(
  "DATA_METRIC_FUNCTION_REFERENCES",
  ["METRIC_NAME?", "REF_ENTITY_NAME?", "REF_ENTITY_DOMAIN?"],
  [
    none("METRIC_DATABASE_NAME"),
    none("METRIC_SCHEMA_NAME"),
    none("METRIC_NAME"),
    none("METRIC_SIGNATURE"),
    none("METRIC_DATA_TYPE"),
    none("REF_ENTITY_DATABASE_NAME"),
    none("REF_ENTITY_SCHEMA_NAME"),
    none("REF_ENTITY_NAME"),
    none("REF_ENTITY_DOMAIN"),
    none("REF_ARGUMENTS"),
    none("REF_ID"),
    none("SCHEDULE"),
    none("SCHEDULE_STATUS"),
  ],
  () => [],
);

interface TagReference {
  tag: TagDoc;
  value: string;
  object: ObjectDoc;
  level: ObjectDoc;
  column?: string;
}

const tagsOf = (doc: ObjectDoc): Record<string, string> => ("tags" in doc ? (doc.tags ?? {}) : {});

/** TAG_REFERENCES('db.s.t', 'TABLE'): tags of an object, those of its parents included. */
export const TAG_REFERENCES = systemFunctionOf<TagReference>(
  "TAG_REFERENCES",
  ["OBJECT_NAME", "OBJECT_DOMAIN"],
  [
    text("TAG_DATABASE", ({ tag }, context) => databaseName(context, tag)),
    text("TAG_SCHEMA", ({ tag }, context) => schemaName(context, tag)),
    text("TAG_NAME", ({ tag }) => tag.name),
    text("TAG_VALUE", ({ value }) => value),
    text("APPLY_METHOD", ({ object, level }) => (object.id === level.id ? "MANUAL" : "INHERITED")),
    text("LEVEL", ({ level, column }) => (column ? "COLUMN" : level.kind.replaceAll("_", " "))),
    text("OBJECT_DATABASE", ({ object }, context) => databaseName(context, object) || null),
    text("OBJECT_SCHEMA", ({ object }, context) => schemaName(context, object) || null),
    text("OBJECT_NAME", ({ object }) => object.name),
    text("DOMAIN", ({ object, column }) => (column ? "COLUMN" : object.kind.replaceAll("_", " "))),
    text("COLUMN_NAME", ({ column }) => column),
  ],
  (context, args) => {
    const domain = (textArgument(args, "OBJECT_DOMAIN") ?? "").toUpperCase();
    const name = textArgument(args, "OBJECT_NAME") ?? "";
    const { object, column } = taggedObject(context, domain, name);
    if (!object) throw invalidValue(name, "OBJECT_NAME");
    return tagReferences(context, object, column);
  },
);

/** Tags of an object or column, those of what holds it included; the nearest value counts. */
export function tagReferences(
  context: ExecutionContext,
  object: ObjectDoc,
  column: string | undefined,
): TagReference[] {
  const { catalogue } = context;
  const found = new Map<string, TagReference>();
  const add = (tags: Record<string, string>, level: ObjectDoc, ofColumn?: string) => {
    for (const [id, value] of Object.entries(tags)) {
      const tag = catalogue.get("TAG", Number(id));
      if (!tag || tag.droppedOn !== undefined || found.has(id)) continue;
      found.set(id, { tag, value, object, level, ...(ofColumn === undefined ? {} : { column: ofColumn }) });
    }
  };
  if (column !== undefined && "columns" in object) {
    add(object.columns.find((c) => c.name === column)?.tags ?? {}, object, column);
  }
  for (let at: ObjectDoc | undefined = object; at; at = "parentId" in at ? catalogue.byId(at.parentId) : undefined) {
    add(tagsOf(at), at, column);
  }
  return [...found.values()];
}
