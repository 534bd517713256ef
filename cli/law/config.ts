import { z } from "zod";
import { type LawSettings, lawSettings, RULES, type RuleConfigs } from "../../law/index";
import { parseJson, readText, UnreadableInput } from "./files";

const level = z.enum(["advisory", "mandatory", "remediate", "disabled"]);

const lawConfig = z.strictObject({
  database: z.string().optional(),
  landingTable: z.string().optional(),
  eventsTable: z.string().optional(),
  targetLagSeconds: z.number().optional(),
  refreshWarehouse: z.string().optional(),
  serviceRole: z.string().optional(),
  deployerRole: z.string().optional(),
  accountRole: z.string().optional(),
  procedureSchema: z.string().optional(),
  enforcementLevel: level.optional(),
});

const ruleConfig = z.union([
  level.transform((enforcementLevel) => ({ enforcementLevel })),
  z.strictObject({ enforcementLevel: level.optional(), allow: z.array(z.string()).optional() }),
]);

/** What `--policy-pack-config` takes: by policy, or a level for `all`. */
const configuration = z.strictObject({
  law: z.union([level.transform(() => ({})), lawConfig]).optional(),
  all: level.optional(),
  ...Object.fromEntries(RULES.map(({ code }) => [code.toLowerCase(), ruleConfig.optional()])),
});

export interface Configured {
  settings: LawSettings;
  rules: RuleConfigs;
}

/** A configuration file, which is that of the policy pack as it is; `database` goes before what it says. */
export async function readConfiguration(file: string, database: string | undefined): Promise<Configured> {
  const read = configuration.safeParse(parseJson(file, await readText(file)));
  if (!read.success)
    throw new UnreadableInput(`${file} is no configuration of the law: ${z.prettifyError(read.error)}`);
  const { law, all, ...others } = read.data;
  const { enforcementLevel: _, ...named }: z.infer<typeof lawConfig> = law ?? {};
  const given = others as Record<string, z.infer<typeof ruleConfig> | undefined>;
  const rules = Object.fromEntries(
    RULES.map(({ code }) => [code, { ...(all && { enforcementLevel: all }), ...given[code.toLowerCase()] }]),
  );
  try {
    return { settings: lawSettings({ ...named, ...(database !== undefined && { database }) }), rules };
  } catch (cause) {
    throw new UnreadableInput(`${file}: ${(cause as Error).message}`, { cause });
  }
}
