import { z } from "zod";
import { type Finding, isPlainSecret, type Remark, readResource, type Source, sourceOf } from "../../law/index";
import { parseJson, readText, UnreadableInput } from "./files";

const deployment = z.object({
  // A stack in which nothing is deployed has none.
  resources: z
    .array(
      z.object({
        urn: z.string(),
        type: z.string(),
        delete: z.boolean().optional(),
        inputs: z.record(z.string(), z.unknown()).nullish(),
      }),
    )
    .nullish(),
});

/** What `pulumi stack export` writes, or the state file of a backend itself. */
const exported = z.union([
  z.object({ deployment }),
  z
    .object({ checkpoint: z.object({ latest: deployment }) })
    .transform(({ checkpoint }) => ({ deployment: checkpoint.latest })),
]);

/** The key by which an export marks a secret; its value is not in the file. */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** A stack as the law sees it. */
export interface StackSources {
  sources: Source[];
  /** Secrets that stand in the state in plain text. */
  findings: Finding[];
  /** What could not be looked at: properties whose value is secret, resources that run code of their own. */
  remarks: Remark[];
}

/** The texts of every resource of an exported stack (`pulumi stack export`). */
export async function stateSources(file: string): Promise<StackSources> {
  const state = exported.safeParse(parseJson(file, await readText(file)));
  if (!state.success)
    throw new UnreadableInput(
      `${file} is no exported stack: ${z.prettifyError(state.error)}\nMake one with: pulumi stack export > ${file}`,
    );
  const stack: StackSources = { sources: [], findings: [], remarks: [] };
  for (const { urn, type, inputs, delete: leaving } of state.data.deployment.resources ?? []) {
    if (!leaving && /^(pulumi:providers:)?snowflake(:|$)/.test(type))
      stack.findings.push(...plainSecrets(urn.split("::").at(-1) ?? urn, inputs ?? {}));
    const judged = leaving ? undefined : readResource(type, inputs ?? {}, isSecret);
    if (!judged) continue;
    const resource = urn.split("::").at(-1) ?? urn;
    stack.sources.push(...judged.texts.map((text) => sourceOf(resource, text)));
    for (const property of judged.unknown)
      stack.remarks.push({
        message: "Not judged: the value is a secret of the stack (pulumi stack export --show-secrets shows it).",
        where: { resource, property },
      });
    for (const message of judged.remarks) stack.remarks.push({ message, where: { resource } });
  }
  return stack;
}

/** Inputs of the Snowflake package that hold a secret and are not encrypted (TT12). */
const plainSecrets = (resource: string, inputs: Record<string, unknown>): Finding[] =>
  Object.entries(inputs)
    .filter(([key, value]) => typeof value === "string" && isPlainSecret(key, value))
    .map(([property]) => ({
      code: "TT12",
      severity: "error",
      message: `${property} stands in plain text in the state of the stack.`,
      where: { resource, property },
      fix: "Give it as a Pulumi secret (pulumi config set --secret, pulumi.secret), and give the secret that was here up.",
    }));

const isSecret = (value: unknown): boolean => typeof value === "object" && value !== null && SECRET_MARK in value;
