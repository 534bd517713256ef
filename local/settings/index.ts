import type { SettingValue, SettledDoc, SettledKind } from "../catalogue/model";
import type { Setting } from "./definition";
import { integrationType } from "./integrations";
import { NETWORK_RULE } from "./networkRule";
import { AUTHENTICATION_POLICY, PASSWORD_POLICY } from "./policies";
import { SECRETS } from "./secret";
import { STREAMLIT } from "./streamlit";

/** An integration's category lies beside its settings under this name. */
export const CATEGORY = "CATEGORY";

type Given = Readonly<Record<string, SettingValue | undefined>>;

/** The settings that an object of this kind has, given the ones that say of which type it is; undefined for types that there are not here. */
export function settingsOf(kind: SettledKind, given: Given): readonly Setting[] | undefined {
  switch (kind) {
    case "NETWORK_RULE":
      return NETWORK_RULE;
    case "PASSWORD_POLICY":
      return PASSWORD_POLICY;
    case "AUTHENTICATION_POLICY":
      return AUTHENTICATION_POLICY;
    case "SHARE":
    case "CONNECTION":
      return [];
    case "STREAMLIT":
      return STREAMLIT;
    case "SECRET":
      return SECRETS[String(given["TYPE"]).toUpperCase()];
    case "INTEGRATION":
      return integrationType(String(given[CATEGORY]), given)?.settings;
  }
}

/** The settings of an object that exists. */
export function definitionOf(doc: SettledDoc): readonly Setting[] {
  const found = settingsOf(doc.kind, doc.settings);
  if (!found) throw new Error(`no settings are known for ${doc.kind} ${doc.name}`);
  return found;
}

/** As set, or by default. */
export const settingOf = (doc: SettledDoc, setting: Setting): SettingValue | undefined =>
  doc.settings[setting.name] ?? setting.default;

export { integrationType };
