import { z } from "zod";
import {
  type Finding,
  isPlainSecret,
  isSignedAddress,
  type Remark,
  readResource,
  type Source,
  sourceOf,
} from "../../law/index";
import { parseJson, readText, UnreadableInput } from "./files";
import { isClosed, isNotThere, isSecret, stateValue } from "./stateValues";

const resource = z.object({
  urn: z.string(),
  type: z.string(),
  delete: z.boolean().optional(),
  /** Read by the program and not made by it: its inputs are empty. */
  external: z.boolean().optional(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
});

type Resource = z.infer<typeof resource>;

const deployment = z
  .object({
    // A stack in which nothing is deployed has none.
    resources: z.array(resource).nullish(),
    /** What an update had begun when it was cut off. */
    pending_operations: z.array(z.object({ resource, type: z.string() })).nullish(),
  })
  .nullable();

/** What `pulumi stack export` writes, in each of its versions, or the state file of a backend itself. */
const exported = z.union([
  z.object({ deployment }),
  z
    .object({ checkpoint: z.object({ latest: deployment.optional() }) })
    .transform(({ checkpoint }) => ({ deployment: checkpoint.latest ?? null })),
]);

/** A stack as the law sees it. */
export interface StackSources {
  sources: Source[];
  /** Secrets that stand in the state in plain text. */
  findings: Finding[];
  /** What could not be looked at: properties whose value is secret, resources that run code of their own. */
  remarks: Remark[];
  /** The URNs of the resources of each name. */
  urns: Map<string, string[]>;
}

/** The texts of every resource of an exported stack (`pulumi stack export`). */
export async function stateSources(file: string): Promise<StackSources> {
  const state = exported.safeParse(parseJson(file, await readText(file)));
  if (!state.success)
    throw new UnreadableInput(
      `${file} is no exported stack: ${z.prettifyError(state.error)}\nMake one with: pulumi stack export > ${file}`,
    );
  const stack: StackSources = { sources: [], findings: [], remarks: [], urns: new Map() };
  for (const one of resourcesOf(state.data.deployment)) readInto(stack, one);
  return stack;
}

/** Those of the stack, and those that an update was about to make and nobody knows whether it did. */
function resourcesOf(stack: z.infer<typeof deployment>): Resource[] {
  const resources = (stack?.resources ?? []).filter((one) => !one.delete);
  const known = new Set(resources.map(({ urn }) => urn));
  const begun = (stack?.pending_operations ?? [])
    .filter(({ type, resource: { urn } }) => /^(creating|importing)$/.test(type) && !known.has(urn))
    .map((operation) => operation.resource);
  return [...resources, ...begun];
}

function readInto(stack: StackSources, { urn, type, external, inputs, outputs }: Resource): void {
  const name = nameOf(urn);
  stack.urns.set(name, [...(stack.urns.get(name) ?? []), urn]);
  if (/^(pulumi:providers:)?snowflake(:|$)/.test(type)) stack.findings.push(...plainSecrets(name, inputs ?? {}));
  // One that was read, and one that is shown without what it was given, are judged by what they are.
  const given = (external || Object.keys(inputs ?? {}).length === 0 ? outputs : inputs) ?? {};
  const props = stateValue(given) as Record<string, unknown>;
  const judged = readResource(type, props, isNotThere);
  if (!judged) return;
  stack.sources.push(
    ...judged.texts.map((text) => ({
      ...sourceOf(name, text),
      secret: text.property !== undefined && isSecret(given[text.property]),
    })),
  );
  for (const property of judged.unknown)
    stack.remarks.push({
      message: hasClosed(props[property])
        ? "Not judged: the value is a secret of the stack (pulumi stack export --show-secrets shows it)."
        : "Not judged: the value was not known when the stack was exported.",
      where: { resource: name, property },
    });
  for (const message of judged.remarks) stack.remarks.push({ message, where: { resource: name } });
}

/** `urn:pulumi:stack::project::type::name`; the name may hold colons itself. */
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::") || urn;

const hasClosed = (value: unknown): boolean =>
  isClosed(value) || (typeof value === "object" && value !== null && Object.values(value).some(hasClosed));

/** Inputs of the Snowflake package that hold a secret and are not encrypted (TT12). */
const plainSecrets = (resource: string, inputs: Record<string, unknown>): Finding[] =>
  Object.entries(inputs)
    .filter(([key, value]) => typeof value === "string" && (isPlainSecret(key, value) || isSignedAddress(value)))
    .map(([property]) => ({
      code: "TT12",
      severity: "error",
      message: `${property} stands in plain text in the state of the stack.`,
      where: { resource, property },
      fix: "Give it as a Pulumi secret (pulumi config set --secret, pulumi.secret), and give the secret that was here up.",
    }));
