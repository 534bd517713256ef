import type { AboutResponse } from "@pulumi/pulumi/proto/language_pb";
import type { Modules } from "./loadModules";

/** For `pulumi about`: which Node runs programs. */
export function about({ language }: Modules): AboutResponse {
  return new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
}
