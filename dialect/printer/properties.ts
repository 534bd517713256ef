import type {
  Keyword,
  PolicyClause,
  Property,
  PropertyArguments,
  PropertyList,
  PropertyMap,
  TagAssignment,
} from "../ast/index";
import { commas, type Document, parenthesizedList, sql, when, words } from "./document";

export const propertyPrinters = {
  Keyword: (node: Keyword): Document => node.value,
  PropertyList: (node: PropertyList): Document => (node.bare ? commas(node.items) : parenthesizedList(node.items)),
  PropertyMap: (node: PropertyMap): Document => parenthesizedList(node.properties),
  PropertyArguments: (node: PropertyArguments): Document => parenthesizedList(node.args),
  Property: (node: Property): Document =>
    words(node.name, when(node.value !== undefined && !node.bare, "="), node.value),
  TagAssignment: (node: TagAssignment): Document => sql`${node.name} = ${node.value}`,
  PolicyClause: (node: PolicyClause): Document =>
    words(`${node.policyType} POLICY`, node.policy, policyColumns(node), when(node.force, "FORCE")),
};

const COLUMN_WORDS: Record<string, string> = {
  MASKING: "USING",
  "ROW ACCESS": "ON",
  AGGREGATION: "ENTITY KEY",
  JOIN: "ALLOWED JOIN KEYS",
  PRIVACY: "ENTITY KEY",
  "STORAGE LIFECYCLE": "ON",
};

function policyColumns(node: PolicyClause): Document {
  if (node.signatures) return sql`ON ${commas(node.signatures.map(signature))}`;
  const keys = [node.columns, ...(node.furtherKeys ?? [])];
  return when(
    node.columns.length,
    words(...keys.map((key) => sql`${COLUMN_WORDS[node.policyType] ?? "ON"} (${commas(key)})`)),
  );
}

const signature = (parameters: NonNullable<PolicyClause["signatures"]>[number]): Document =>
  parenthesizedList(parameters.map(({ name, type }) => sql`${name} ${type}`));
