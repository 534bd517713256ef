import type { ResourceValidationPolicy } from "@pulumi/policy";
import { DEFAULT_SETTINGS, type LawSettings, readResource } from "../law/index";
import { LAW_CONFIG_SCHEMA, type LawConfig, lawSettings } from "./settings";
import { isUnknown, plainInputs } from "./unknownValues";

/** The settings of the law as the pack's configuration gives them. */
export interface CurrentSettings {
  settings: LawSettings;
}

/**
 * The first policy of the pack. It holds the settings that all rules share, so that the governed database is said once, and
 * tells of what only the update will know: the rules read it then, before it runs.
 */
export function lawPolicy(): { policy: ResourceValidationPolicy; current: CurrentSettings } {
  const current: CurrentSettings = { settings: DEFAULT_SETTINGS };
  return {
    current,
    policy: {
      name: "law",
      description: "Which database the law governs; and what it cannot read before the update.",
      enforcementLevel: "advisory",
      configSchema: LAW_CONFIG_SCHEMA,
      validateResource(args, reportViolation) {
        current.settings = lawSettings(args.getConfig<LawConfig>());
        const unknown = readResource(args.type, plainInputs(args.props), isUnknown)?.unknown ?? [];
        if (unknown.length === 0) return;
        const properties = unknown.map((property) => `\`${property}\``).join(", ");
        reportViolation(
          `${args.name}: ${properties} ${unknown.length === 1 ? "is" : "are"} not known yet; the law reads ${unknown.length === 1 ? "it" : "them"} at the update, before anything runs.`,
          args.urn,
        );
      },
    },
  };
}
