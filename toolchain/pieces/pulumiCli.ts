import { realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { buildGoModule } from "../buildGoModule";
import { executable } from "../cacheLayout";
import { runDownload } from "../downloadWatch";
import { filterExecutable, findOnPath } from "../findOnPath";
import { type InstallContext, type Installed, type Piece, type Source, Unavailable } from "../piece";
import { runProcess } from "../runProcess";
import { isAtLeast, parseVersion, VERSIONS } from "../versions";

const LANGUAGE_HOST = executable("pulumi-language-nodejs");

/** The `pulumi` program. An installed or downloaded one comes with its Node language host beside it, a built one does not. */
export const pulumiCli: Piece = {
  name: "pulumi",
  title: `Pulumi CLI ${VERSIONS.pulumi}`,
  version: VERSIONS.pulumi,
  sources: [
    { name: "installed", install: useInstalled },
    { name: "download", online: true, install: download },
    { name: "build", install: build },
  ] satisfies Source[],
};

async function useInstalled({ env }: InstallContext): Promise<Installed> {
  const pulumiHome = env.PULUMI_HOME ?? join(homedir(), ".pulumi");
  const candidates = [
    ...(await findOnPath("pulumi", env)),
    ...(await filterExecutable([
      join(pulumiHome, "bin", executable("pulumi")),
      join(pulumiHome, "versions", VERSIONS.pulumi, "bin", executable("pulumi")),
    ])),
  ];
  const reasons: string[] = [];
  for (const candidate of candidates) {
    const path = await realpath(candidate);
    const host = join(dirname(path), LANGUAGE_HOST);
    if ((await filterExecutable([host])).length === 0) {
      reasons.push(`${candidate} has no ${LANGUAGE_HOST} beside it`);
      continue;
    }
    const { stdout } = await runProcess(path, ["version"], { env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true" } });
    if (parseVersion(stdout)?.[0] === 3 && isAtLeast(stdout, VERSIONS.pulumi)) return { inPlace: [path, host] };
    reasons.push(`${candidate} is ${stdout.trim() || "unreadable"}`);
  }
  const found = reasons.length > 0 ? `; ${reasons.join("; ")}` : "";
  throw new Unavailable(`no pulumi 3.x of at least ${VERSIONS.pulumi} on PATH or in ${pulumiHome}${found}`);
}

async function download(context: InstallContext): Promise<Installed> {
  const { temporary, progress } = context;
  const npx = (await findOnPath("npx", context.env))[0];
  if (!npx) throw new Unavailable("npx, which comes with npm, is not on PATH");
  progress.stage("downloading");
  const env = {
    ...context.env,
    PULUMI_HOME: temporary,
    PULUMI_VERSION: VERSIONS.pulumi,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  await runDownload(npx, ["--yes", `pulumi@${VERSIONS.pulumiLauncher}`, "version"], env, context);
  const folder = join(temporary, "versions", VERSIONS.pulumi, "bin");
  const files = [executable("pulumi"), LANGUAGE_HOST].map((name) => join(folder, name));
  if ((await filterExecutable(files)).length < files.length)
    throw new Unavailable(`the download did not bring ${files.join(" and ")}`);
  return { moves: files.map((from) => ({ from, to: join("bin", basename(from)) })) };
}

async function build(context: InstallContext): Promise<Installed> {
  if (process.platform === "win32") throw new Unavailable("building is supported on Linux and macOS");
  const built = await buildGoModule(
    {
      directory: resolve(__dirname, "../go/pulumi-cli"),
      package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
      tags: ["grpcnotrace", "osusergo"],
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${VERSIONS.pulumi}` },
    },
    "pulumi",
    context,
  );
  return { moves: [{ from: built, to: relative(context.layout.root, context.layout.pulumi) }] };
}
