import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readResource, type Source, sourceOf } from "../../law/index";
import { UnreadableInput } from "./sources";

const exported = z.object({
  deployment: z.object({
    resources: z.array(
      z.object({
        urn: z.string(),
        type: z.string(),
        delete: z.boolean().optional(),
        inputs: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  }),
});

/** The key by which an export marks a secret; its value is not in the file. */
const SECRET_MARK = "4dabf18193072939515e22adb298388d";

/** The texts of every resource of an exported stack (`pulumi stack export`). */
export async function stateSources(file: string): Promise<Source[]> {
  const content = JSON.parse(await readFile(file, "utf8"));
  const state = exported.safeParse(content);
  if (!state.success)
    throw new UnreadableInput(
      `${file} is no exported stack: ${z.prettifyError(state.error)}\nMake one with: pulumi stack export > ${file}`,
    );
  return state.data.deployment.resources
    .filter((resource) => !resource.delete)
    .flatMap(({ urn, type, inputs = {} }) => {
      const judged = readResource(type, inputs, isSecret);
      const name = urn.split("::").at(-1) ?? urn;
      return (judged?.texts ?? []).map((text) => sourceOf(name, text));
    });
}

const isSecret = (value: unknown): boolean => typeof value === "object" && value !== null && SECRET_MARK in value;
