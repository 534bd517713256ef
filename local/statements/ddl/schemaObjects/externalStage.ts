import type { StageDoc } from "../../../catalogue/model";
import { compilationError, invalidValue, type SnowflakeError } from "../../../errors";
import type { ExecutionContext } from "../../../execution/context";
import { requirePrivilege } from "../../../privileges/index";
import type { Properties } from "../support/properties";
import { accountObject } from "../support/target";

export type ExternalSettings = Pick<
  StageDoc,
  "url" | "storageIntegration" | "hasCredentials" | "hasEncryptionKey" | "endpoint" | "encryption"
>;

const EXTERNAL = ["URL", "STORAGE_INTEGRATION", "CREDENTIALS", "ENDPOINT", "AWS_ACCESS_POINT_ARN"];

/** Locations outside of Snowflake, by the word before `://`. */
const CLOUDS: Readonly<Record<string, string>> = {
  s3: "AWS",
  s3gov: "AWS",
  s3china: "AWS",
  s3compat: "AWS",
  gcs: "GCP",
  azure: "AZURE",
};

const ENCRYPTIONS = ["AWS_CSE", "AWS_SSE_S3", "AWS_SSE_KMS", "GCS_SSE_KMS", "AZURE_CSE", "NONE"];

/** The cloud that a stage's files lie in; undefined for what is no such location. */
export const cloudOf = (url: string): string | undefined => CLOUDS[/^(\w+):\/\//.exec(url)?.[1]?.toLowerCase() ?? ""];

export const notOfInternalStages = () =>
  compilationError(
    "001008",
    "22023",
    "Cannot set URL, credentials, or encryption key of an internal or temporary stage.",
  );

const locationMissing = (name: string) =>
  compilationError("001008", "22023", `invalid stage (${name}): location not specified`);

/** A path, or an address of a local file without its third slash, is no URL at all. */
function noCloud(url: string): SnowflakeError {
  const isUrl = /^\w+:\/\//.test(url) && !/^file:\/\/[^/]/i.test(url);
  return compilationError("001011", "42601", isUrl ? `invalid URL prefix found in: '${url}'` : `invalid URL: ${url}`);
}

/**
 * What makes a stage an external one, changes only; undefined for an internal one. Secrets are not kept: whether there are some is all that
 * Snowflake tells of them. Errors: 001011 a URL of no cloud, 001008 for what an internal stage cannot have, 003001 no USAGE of the integration.
 * Source: https://docs.snowflake.com/en/sql-reference/sql/create-stage, externalStageParams
 */
export function readExternal(
  context: ExecutionContext,
  properties: Properties,
  name: string,
  current?: StageDoc,
): ExternalSettings | undefined {
  const url = properties.text("URL");
  if (url === undefined && current?.url === undefined) {
    if (!EXTERNAL.some((option) => properties.has(option))) return undefined;
    throw current ? notOfInternalStages() : locationMissing(name);
  }
  if (current && current.url === undefined) throw notOfInternalStages();
  if (url !== undefined && !cloudOf(url)) throw noCloud(url);
  const changes: ExternalSettings = {};
  if (url !== undefined) changes.url = url;
  const integration = properties.name("STORAGE_INTEGRATION")?.at(-1);
  if (integration !== undefined) {
    requirePrivilege(context, "USAGE", accountObject(context, "INTEGRATION", integration));
    changes.storageIntegration = integration;
  }
  const credentials = properties.record("CREDENTIALS");
  if (credentials) changes.hasCredentials = Object.keys(credentials).length > 0;
  const encryption = properties.record("ENCRYPTION");
  if (encryption) {
    const type = String(encryption["TYPE"] ?? "AWS_CSE").toUpperCase();
    if (!ENCRYPTIONS.includes(type)) throw invalidValue(type, "ENCRYPTION");
    changes.encryption = type;
    changes.hasEncryptionKey = encryption["MASTER_KEY"] !== undefined;
  }
  const endpoint = properties.text("ENDPOINT");
  if (endpoint !== undefined) changes.endpoint = endpoint;
  properties.take("AWS_ACCESS_POINT_ARN");
  properties.take("USE_PRIVATELINK_ENDPOINT");
  return changes;
}
