import * as proxy from "@pulumi/policy/proxy";

/** The engine's placeholders for values that only the update will know. */
export const unknownValues: ReadonlySet<string> = new Set([
  proxy.unknownBooleanValue,
  proxy.unknownNumberValue,
  proxy.unknownStringValue,
  proxy.unknownArrayValue,
  proxy.unknownAssetValue,
  proxy.unknownArchiveValue,
  proxy.unknownObjectValue,
]);

/** The plain inputs behind the proxy that throws when an unknown is touched: the law looks before it touches. */
export const plainInputs = (props: Record<string, unknown>): Record<string, unknown> =>
  (props[proxy.getSpecialProxyTarget] as Record<string, unknown> | undefined) ?? props;
