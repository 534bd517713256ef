import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Get, Put } from "../../../dialect/index";
import { unsupportedFeature } from "../../errors";
import type { ExecutionContext } from "../../execution/context";
import type { StatementResult } from "../../execution/result";
import type { Session } from "../../session/session";
import { listFiles } from "../../stages/files";
import { requireWritable, resolveLocation } from "../../stages/location";
import { STAGE_FILES, type Transfer } from "../../stages/transfers";
import { Properties } from "../ddl/support/properties";
import type { StatementHandler } from "../handler";

const pathOf = (uri: string): string => uri.replace(/^file:\/\//, "");

const transfer = (facts: Record<string, unknown>): StatementResult => ({
  columns: [],
  rows: [],
  fileTransfer: { encryptionMaterial: null, presignedUrls: null, ...facts },
});

const NOWHERE = {
  path: "",
  region: null,
  storageAccount: null,
  isClientSideEncrypted: false,
  creds: {},
  presignedUrl: null,
  endPoint: null,
};

const ADDRESSED = { ...NOWHERE, locationType: "GCS" };

/**
 * The Go driver cannot read files of a stage on the same machine, and keeps the end of a longer file that it writes over. It is given
 * an address for each file: for one that it puts, it asks by the name in the stage. It looks for no file there; a PUT without OVERWRITE that may have to
 * skip one is left to its own copying, which does.
 */
function addresses(
  { session, services }: ExecutionContext,
  given: Transfer,
  names: readonly string[],
): string[] | undefined {
  if (session.client.application !== "Go") return undefined;
  const token = services.transfers.begin(given);
  return names.map((name) => `${STAGE_FILES}/${name.split("/").map(encodeURIComponent).join("/")}?token=${token}`);
}

/**
 * Version 5 of the Python connector is made around another core, which knows stores in a cloud only. The Node.js driver copies
 * over a file that is there already; in a store it looks first.
 */
function copiesFiles({ client }: Session, { onlyNew }: Transfer): boolean {
  const major = Number.parseInt(client.version, 10);
  if (client.application === "JavaScript") return !onlyNew || major < 3;
  return client.application !== "PythonConnector" || major < 5;
}

/**
 * Driver and server share a machine, so that the driver itself copies the files: location type LOCAL_FS. To drivers that
 * cannot, the server is such a store itself; the address is the one by which they asked.
 */
function stageInfo({ session, services }: ExecutionContext, given: Transfer) {
  const { directory, mode } = given;
  if (copiesFiles(session, given)) return { ...NOWHERE, locationType: "LOCAL_FS", location: directory };
  return {
    ...NOWHERE,
    locationType: "GCS",
    region: services.account.region,
    location: `${STAGE_FILES}/`,
    creds: { GCS_ACCESS_TOKEN: services.transfers.begin({ directory, mode }) },
  };
}

/**
 * PUT file://… @stage[/path]. The driver reads, compresses and stores the files where the answer tells it to.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/put
 */
export const put: StatementHandler<Put> = {
  async run(context, statement) {
    const properties = new Properties(context, statement.properties);
    const parallel = properties.integer("PARALLEL", 1, 99) ?? 4;
    const autoCompress = properties.boolean("AUTO_COMPRESS") ?? true;
    const sourceCompression = (properties.text("SOURCE_COMPRESSION") ?? "AUTO_DETECT").toLowerCase();
    const overwrite = properties.boolean("OVERWRITE") ?? false;
    properties.finish();
    const location = resolveLocation(context, statement.location, "WRITE");
    const folder = location.prefix.replace(/\/$/, "");
    requireWritable(folder);
    const target = join(location.directory, folder);
    // The Go driver opens the file there, and says nothing when it cannot.
    await mkdir(target, { recursive: true });
    const given: Transfer = { directory: target, mode: "WRITE", onlyNew: !overwrite };
    const file = pathOf(statement.file);
    const stored = [file, `${file}.gz`].map((name) => join(target, basename(name)));
    const mayBeSkipped = !overwrite && (/[*?]/.test(file) || stored.some((path) => existsSync(path)));
    const url = mayBeSkipped ? undefined : addresses(context, given, [basename(file)])?.[0];
    return transfer({
      command: "UPLOAD",
      src_locations: [file],
      autoCompress,
      sourceCompression,
      parallel,
      overwrite,
      threshold: 209_715_200,
      clientShowEncryptionParameter: false,
      stageInfo: url ? { ...ADDRESSED, presignedUrl: url } : stageInfo(context, given),
    });
  },
  async describe() {
    throw unsupportedFeature("describing PUT");
  },
};

/** JDBC compares the folder with the one that it was told, the others take it without the slash at its end. */
const localFolder = ({ client }: Session, path: string): string =>
  client.application === "JDBC" ? path : path.replace(/(?<=.)\/$/, "");

/** GET @stage[/path] file://… [PATTERN = '…']. Source: https://docs.snowflake.com/en/sql-reference/sql/get */
export const get: StatementHandler<Get> = {
  async run(context, statement) {
    const properties = new Properties(context, statement.properties);
    const parallel = properties.integer("PARALLEL", 1, 99) ?? 10;
    const pattern = properties.text("PATTERN");
    properties.finish();
    const location = resolveLocation(context, statement.location, "READ");
    const files = await listFiles(location, pattern, "storage path");
    const given: Transfer = { directory: location.directory, mode: "READ" };
    const names = files.map((file) => file.name);
    const presignedUrls = addresses(context, given, names);
    return transfer({
      command: "DOWNLOAD",
      src_locations: names,
      localLocation: localFolder(context.session, pathOf(statement.file)),
      parallel,
      overwrite: false,
      threshold: 209_715_200,
      clientShowEncryptionParameter: false,
      ...(presignedUrls ? { presignedUrls, stageInfo: ADDRESSED } : { stageInfo: stageInfo(context, given) }),
    });
  },
  async describe() {
    throw unsupportedFeature("describing GET");
  },
};
