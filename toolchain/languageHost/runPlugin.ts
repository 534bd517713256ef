import { spawn } from "node:child_process";
import type { ServerWritableStream } from "@grpc/grpc-js";
import type { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb";
import { type Modules, resolveSdk } from "./loadModules";
import { readRuntimeOptions } from "./runtimeOptions";
import { streamChild } from "./streamChild";

/**
 * Runs a plugin written for Node: a policy pack (`analyzer`) or any other package by its entry point. A policy pack
 * runs in its own folder, where its tsconfig.json is looked for.
 */
export function runPlugin(modules: Modules, call: ServerWritableStream<RunPluginRequest, RunPluginResponse>): void {
  const request = call.request;
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getProgram() || request.getPwd();
  const { nodeArgs, env } = readRuntimeOptions(info);
  for (const entry of request.getEnvList()) {
    const at = entry.indexOf("=");
    if (at > 0) env[entry.slice(0, at)] = entry.slice(at + 1);
  }
  try {
    const isPolicyPack = request.getKind() === "analyzer";
    const [engine = "", ...others] = request.getArgsList();
    const script = isPolicyPack
      ? [resolveSdk(directory, "cmd/run-policy-pack"), engine, directory, ...others]
      : [resolveSdk(directory, "cmd/run-plugin"), directory, engine, ...others];
    const child = spawn(process.execPath, [...nodeArgs, ...script], {
      cwd: isPolicyPack ? directory : request.getPwd() || directory,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { RunPluginResponse } = modules.language;
    streamChild(child, call, {
      stdout: (bytes) => new RunPluginResponse().setStdout(bytes),
      stderr: (bytes) => new RunPluginResponse().setStderr(bytes),
      end: (code) => {
        call.write(new RunPluginResponse().setExitcode(code));
        return undefined;
      },
    });
  } catch (error) {
    call.emit("error", { code: modules.grpc.status.UNKNOWN, details: (error as Error).message });
  }
}
