import { z } from "zod";
import { type LawSettings, lawSettings } from "../../law/index";
import { parseJson, readText, UnreadableInput } from "./files";

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
});

const configuration = z.object({ law: lawConfig.optional() });

/** The settings of a configuration file, which is that of the policy pack as it is; `database` goes before what it says. */
export async function configuredSettings(file: string, database: string | undefined): Promise<LawSettings> {
  const read = configuration.safeParse(parseJson(file, await readText(file)));
  if (!read.success)
    throw new UnreadableInput(`${file} is no configuration of the law: ${z.prettifyError(read.error)}`);
  try {
    return lawSettings({ ...read.data.law, ...(database !== undefined && { database }) });
  } catch (cause) {
    throw new UnreadableInput(`${file}: ${(cause as Error).message}`, { cause });
  }
}
