/** The Two-Table Law as pure functions over Snowflake SQL: one rule per file, the same rules wherever the law is asked. */
export type { Source } from "./acts/act";
export type { Namespace } from "./acts/names";
export { type CheckOptions, checkText } from "./check";
export type { Finding, Place, RuleCode, Severity } from "./finding";
export type { Breach, Rule } from "./rule";
export { RULES } from "./rules/index";
export { DEFAULT_SETTINGS, type LawSettings, type TableName } from "./settings";
