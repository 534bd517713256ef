/** Who the console is to the warehouse, and what that warehouse is called. Holds no secret. */
export interface SessionInfo {
  user: string;
  role: string;
  database: string;
  account: string;
  /** Permissions may be changed: the role is the administrator's. */
  canChangePermissions: boolean;
  /** What producers sent may be seen as it came in: the role is the administrator's. */
  canSeeReceived: boolean;
  /** The warehouse is the embedded one, not Snowflake. */
  isEmbedded: boolean;
  /** Port of the WebSocket when it is not the page's own. */
  webSocketPort: number | null;
  /** The role that may see everything. */
  adminRole: string;
}
