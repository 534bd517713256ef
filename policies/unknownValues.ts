import * as proxy from "@pulumi/policy/proxy";

/** What @pulumi/policy exports but leaves out of its types. */
const internals = proxy as unknown as Record<string, string>;

/** The engine's placeholders for values that only the update will know. */
const unknownValues: ReadonlySet<unknown> = new Set(
  Object.keys(internals)
    .filter((name) => /^unknown[A-Z]\w*Value$/.test(name))
    .map((name) => internals[name]),
);

/** The plain inputs behind the proxy that throws when an unknown is touched: the law looks before it touches. */
export function plainInputs(props: Record<string, unknown>): Record<string, unknown> {
  const target = internals["getSpecialProxyTarget"];
  return (target === undefined ? undefined : (props[target] as Record<string, unknown> | undefined)) ?? props;
}

export const isUnknown = (value: unknown): boolean => unknownValues.has(value);
