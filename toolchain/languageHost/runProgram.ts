import { spawn } from "node:child_process";
import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb";
import { adopt } from "./endWithEngine";
import { type Modules, resolveSdk } from "./loadModules";
import { readRuntimeOptions } from "./runtimeOptions";

/** Exit code of a program that has told the engine its error itself. */
const ERROR_WAS_REPORTED = 32;

/** Runs the program of a stack to its end. Its output is ours, which the engine reads line by line. */
export async function runProgram(modules: Modules, engine: string, request: RunRequest): Promise<RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() || request.getPwd();
  const { nodeArgs, env } = readRuntimeOptions(info);
  const flags: [string, string][] = [
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--organization", request.getOrganization()],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--root-directory", info?.getRootDirectory() ?? ""],
    ["--pwd", request.getPwd()],
    ["--query-mode", String(request.getQuerymode())],
    ["--parallel", String(request.getParallel())],
  ];
  const args = [
    ...nodeArgs,
    resolveSdk(directory, "cmd/run"),
    // With `=`, a value that is empty or begins with a dash stays a value.
    ...flags.filter(([, value]) => value !== "").map(([name, value]) => `${name}=${value}`),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() || request.getProgram() || ".",
    ...request.getArgsList(),
  ];
  const config = JSON.stringify(Object.fromEntries(request.getConfigMap().toArray()));
  const secrets = JSON.stringify(request.getConfigsecretkeysList());
  const child = spawn(process.execPath, args, {
    cwd: request.getPwd() || directory,
    env: { ...process.env, ...env, PULUMI_CONFIG: config, PULUMI_CONFIG_SECRET_KEYS: secrets },
    stdio: ["ignore", "inherit", "inherit"],
  });
  adopt(child);

  const response = new modules.language.RunResponse();
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(response.setError(`could not start node: ${error.message}`)));
    child.once("close", (code, signal) => {
      if (code === ERROR_WAS_REPORTED) response.setBail(true);
      else if (signal) response.setError(`Program was ended by ${signal}`);
      else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
      resolve(response);
    });
  });
}
