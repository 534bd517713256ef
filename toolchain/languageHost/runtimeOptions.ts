import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb";

/** `runtime.options` of Pulumi.yaml or PulumiPolicy.yaml, as far as they concern Node. */
export interface RuntimeOptions {
  /** Extra arguments of `node`. */
  nodeArgs: string[];
  env: Record<string, string>;
}

/** Reads `typescript` (default true), `tsconfig` and `nodeargs`. */
export function readRuntimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const options = (info?.getOptions()?.toJavaScript() ?? {}) as Record<string, unknown>;
  const env: Record<string, string> = { PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false) };
  if (typeof options.tsconfig === "string" && options.tsconfig) env.PULUMI_NODEJS_TSCONFIG_PATH = options.tsconfig;
  const nodeArgs = typeof options.nodeargs === "string" ? options.nodeargs.split(" ").filter(Boolean) : [];
  return { nodeArgs, env };
}
