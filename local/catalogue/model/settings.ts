import type { OwnedDoc, SchemaObjectDoc } from "../model";

/** A word or text as given, a number, a truth value, a list of texts, or a list of `NAME = value` groups as JSON text. */
export type SettingValue = string | number | boolean | string[];

/** What an object is set to, by the upper-case name of the property; what is missing has its default. */
export interface Settled {
  settings: Record<string, SettingValue>;
}

type InSchema<K extends string> = SchemaObjectDoc & Settled & { kind: K };
type InAccount<K extends string> = OwnedDoc & Settled & { kind: K };

export type NetworkRuleDoc = InSchema<"NETWORK_RULE">;
/** Passwords, tokens and secret strings are not kept: nothing here reads them. */
export type SecretDoc = InSchema<"SECRET">;
export type PasswordPolicyDoc = InSchema<"PASSWORD_POLICY">;
export type AuthenticationPolicyDoc = InSchema<"AUTHENTICATION_POLICY">;
/** Of any category; all have one set of names. */
export type IntegrationDoc = InAccount<"INTEGRATION">;

/** What is given to a share is granted to it; nobody is there to take it. */
export type ShareDoc = InAccount<"SHARE">;
export type ConnectionDoc = InAccount<"CONNECTION">;
export type StreamlitDoc = InSchema<"STREAMLIT">;

/** Objects that are a name and settings, and nothing more. */
export type SettledDoc =
  | NetworkRuleDoc
  | SecretDoc
  | PasswordPolicyDoc
  | AuthenticationPolicyDoc
  | IntegrationDoc
  | ShareDoc
  | ConnectionDoc
  | StreamlitDoc;
export type SettledKind = SettledDoc["kind"];
