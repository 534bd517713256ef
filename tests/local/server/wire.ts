import type { LocalServer } from "../../../local/index";
import { ADMIN_PASSWORD } from "../support";

export interface WireAnswer {
  /** Of HTTP. */
  status: number;
  success: boolean;
  code: string | null;
  message: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: the shape depends on the endpoint.
  data: any;
}

/** A client without a driver, for what drivers hide: tokens, request ids, raw answers. */
export class WireClient {
  token = "";
  masterToken = "";

  constructor(public server: Pick<LocalServer, "host" | "port">) {}

  /** `more` stands beside name and password, as CLIENT_ENVIRONMENT does. */
  async login(user = "ADMIN", password = ADMIN_PASSWORD, more: Record<string, unknown> = {}): Promise<void> {
    const answer = await this.post("/session/v1/login-request", {
      data: { LOGIN_NAME: user, PASSWORD: password, ...more },
    });
    if (!answer.success) throw new Error(`${answer.code}: ${answer.message}`);
    this.token = answer.data.token;
    this.masterToken = answer.data.masterToken;
  }

  query(
    sqlText: string,
    more: Record<string, unknown> = {},
    requestId: string = crypto.randomUUID(),
  ): Promise<WireAnswer> {
    return this.post(`/queries/v1/query-request?requestId=${requestId}`, { sqlText, ...more });
  }

  post(path: string, body: unknown = {}, token = this.token): Promise<WireAnswer> {
    return this.send(path, { method: "POST", body: JSON.stringify(body) }, token);
  }

  get(path: string): Promise<WireAnswer> {
    return this.send(path, {}, this.token);
  }

  private async send(path: string, init: RequestInit, token: string): Promise<WireAnswer> {
    const response = await fetch(`http://${this.server.host}:${this.server.port}${path}`, {
      ...init,
      headers: { authorization: `Snowflake Token="${token}"`, "content-type": "application/json" },
    });
    if (response.status !== 200 && response.status !== 401) throw new Error(`HTTP ${response.status}`);
    return { ...((await response.json()) as WireAnswer), status: response.status };
  }
}
