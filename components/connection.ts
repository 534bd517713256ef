import * as pulumi from "@pulumi/pulumi";
import * as snowflake from "@pulumi/snowflake";
import type { Settings } from "./settings";

/** Resources of the provider that are still marked preview and that the warehouse uses. */
const PREVIEW_FEATURES = ["snowflake_table_resource", "snowflake_alert_resource", "snowflake_stage_resource"];

/** Seconds a login may take before it is given up, so that a stopped server gives an answer instead of a wait. */
const LOGIN_TIMEOUT = 60;

/** Seconds one statement may take: creating the events table reads everything that has landed. */
const REQUEST_TIMEOUT = 3600;

/** Whom a provider logs in as; an output that is not known yet keeps the provider from logging in before the role exists. */
export interface LoginArgs {
  role: pulumi.Input<string>;
  warehouse?: pulumi.Input<string>;
}

/** A provider that knows nothing of its surroundings but the settings. Secrets are Pulumi secrets from here on. */
export function connect(
  name: string,
  settings: Settings,
  login: LoginArgs,
  options: pulumi.CustomResourceOptions,
): snowflake.Provider {
  const [organizationName, ...account] = settings.account.split("-");
  return new snowflake.Provider(
    name,
    {
      organizationName,
      accountName: account.join("-"),
      user: settings.user,
      ...credentials(settings),
      host: settings.host,
      port: settings.port,
      protocol: settings.protocol,
      role: login.role,
      warehouse: login.warehouse,
      loginTimeout: LOGIN_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      validateDefaultParameters: "false",
      previewFeaturesEnabled: PREVIEW_FEATURES,
    },
    options,
  );
}

function credentials({ password, privateKey, privateKeyPassphrase }: Settings): Partial<snowflake.ProviderArgs> {
  if (privateKey === undefined) return { authenticator: "SNOWFLAKE", password: pulumi.secret(password as string) };
  return {
    authenticator: "SNOWFLAKE_JWT",
    privateKey: pulumi.secret(privateKey),
    ...(privateKeyPassphrase === undefined ? {} : { privateKeyPassphrase: pulumi.secret(privateKeyPassphrase) }),
  };
}

/** The plain name in a `fullyQualifiedName` output; unknown until the object exists, which is its use. */
export function nameOnceCreated(resource: { fullyQualifiedName: pulumi.Output<string> }): pulumi.Output<string> {
  return resource.fullyQualifiedName.apply((name) => name.replace(/^"|"$/g, ""));
}

/** A value that is handed on only when all of the given resources exist. */
export function onceCreated<T>(
  value: pulumi.Input<T>,
  ...resources: pulumi.CustomResource[]
): pulumi.Output<pulumi.Unwrap<T>> {
  return pulumi
    .all([value, ...resources.map(({ id }) => id)])
    .apply(([first]) => first as pulumi.Unwrap<T>) as pulumi.Output<pulumi.Unwrap<T>>;
}
