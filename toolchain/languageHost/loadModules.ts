import { createRequire } from "node:module";
import { join } from "node:path";

/** What the host needs of the project's own packages. */
export interface Modules {
  grpc: typeof import("@grpc/grpc-js");
  languageGrpc: typeof import("@pulumi/pulumi/proto/language_grpc_pb");
  language: typeof import("@pulumi/pulumi/proto/language_pb");
  plugin: typeof import("@pulumi/pulumi/proto/plugin_pb");
  empty: typeof import("google-protobuf/google/protobuf/empty_pb");
}

/**
 * Loads gRPC and Pulumi's protocol from the project that is run, or from any of its parent folders; else from the
 * folder in TWO_TABLE_TOOLCHAIN_MODULES. The protocol is thus that of the SDK the program uses.
 */
export function loadModules(directory: string): Modules {
  const pulumi = createRequire(resolveSdk(directory, "package.json"));
  return {
    // By way of the SDK: a strict package manager hides its dependencies from the project.
    grpc: pulumi("@grpc/grpc-js"),
    languageGrpc: pulumi("./proto/language_grpc_pb.js"),
    language: pulumi("./proto/language_pb.js"),
    plugin: pulumi("./proto/plugin_pb.js"),
    empty: pulumi("google-protobuf/google/protobuf/empty_pb.js"),
  };
}

/** Path of a file of `@pulumi/pulumi` as the given folder sees it. */
export function resolveSdk(directory: string, file: string): string {
  const folders = [directory, process.env.TWO_TABLE_TOOLCHAIN_MODULES].filter((folder) => folder !== undefined);
  for (const folder of folders) {
    try {
      return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/${file}`);
    } catch {
      // The next folder may have it.
    }
  }
  throw new Error(
    `The npm package @pulumi/pulumi is not installed in ${directory} or a folder above it. Run \`npm install\` there.`,
  );
}
