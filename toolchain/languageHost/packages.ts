import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type {
  GetProgramDependenciesRequest,
  GetProgramDependenciesResponse,
  GetRequiredPackagesRequest,
  GetRequiredPackagesResponse,
} from "@pulumi/pulumi/proto/language_pb";
import type { Modules } from "./loadModules";

interface PackageJson {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  pulumi?: { resource?: boolean; name?: string; version?: string; server?: string };
}

/** The resource plugins of the npm packages that a program depends on directly, so that a missing one is told at once. */
export function getRequiredPackages(
  modules: Modules,
  request: GetRequiredPackagesRequest,
): GetRequiredPackagesResponse {
  const response = new modules.language.GetRequiredPackagesResponse();
  for (const { name, version, pulumi } of installedDependencies(request.getInfo()?.getProgramDirectory() ?? "")) {
    if (!pulumi?.resource) continue;
    const dependency = new modules.plugin.PackageDependency()
      .setKind("resource")
      .setName(pulumi.name ?? name.replace(/^@pulumi\//, ""))
      .setVersion(`v${(pulumi.version ?? version).replace(/^v/, "")}`)
      .setServer(pulumi.server ?? "");
    response.addPackages(dependency);
  }
  return response;
}

/** The direct npm dependencies of a program with their installed versions, for `pulumi about`. */
export function getProgramDependencies(
  modules: Modules,
  request: GetProgramDependenciesRequest,
): GetProgramDependenciesResponse {
  const response = new modules.language.GetProgramDependenciesResponse();
  const directory = request.getInfo()?.getProgramDirectory() || request.getPwd();
  for (const { name, version } of installedDependencies(directory)) {
    response.addDependencies(new modules.language.DependencyInfo().setName(name).setVersion(version));
  }
  return response;
}

function installedDependencies(directory: string): (PackageJson & { name: string; version: string })[] {
  const path = findPackageJson(directory);
  if (!path) return [];
  const { dependencies, devDependencies } = readPackageJson(path) ?? {};
  const require = createRequire(path);
  return Object.keys({ ...dependencies, ...devDependencies }).flatMap((name) => {
    // Read from the folder, since `exports` may hide package.json from require.
    for (const folder of require.resolve.paths(name) ?? []) {
      const found = readPackageJson(join(folder, name, "package.json"));
      if (found) return [{ ...found, name, version: found.version ?? "" }];
    }
    return [];
  });
}

function findPackageJson(directory: string): string | undefined {
  const path = join(directory, "package.json");
  if (readPackageJson(path)) return path;
  const parent = dirname(directory);
  return parent === directory ? undefined : findPackageJson(parent);
}

function readPackageJson(path: string): PackageJson | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as PackageJson;
  } catch {
    return undefined;
  }
}
