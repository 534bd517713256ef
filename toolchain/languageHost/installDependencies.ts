import { spawn } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { InstallDependenciesRequest, InstallDependenciesResponse } from "@pulumi/pulumi/proto/language_pb";
import type { Modules } from "./loadModules";
import { streamChild } from "./streamChild";

/** `pulumi install`: runs `npm install` in the program's folder. */
export function installDependencies(
  modules: Modules,
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): void {
  const directory = call.request.getInfo()?.getProgramDirectory() || call.request.getDirectory();
  const { InstallDependenciesResponse } = modules.language;
  const child = spawn("npm", ["install"], { cwd: directory, stdio: ["ignore", "pipe", "pipe"] });
  streamChild(child, call, {
    stdout: (bytes) => new InstallDependenciesResponse().setStdout(bytes),
    stderr: (bytes) => new InstallDependenciesResponse().setStderr(bytes),
    end: (code) => {
      if (code === 0) return undefined;
      const details = `\`npm install\` in ${directory} failed with exit code ${code}`;
      return { code: modules.grpc.status.UNKNOWN, details };
    },
  });
}
