/** Who the console is to the warehouse, and what that warehouse is called. Holds no secret. */
export interface SessionInfo {
  user: string;
  role: string;
  database: string;
  account: string;
  /** Permissions may be changed: the role is the administrator's and the console was not started read-only. */
  canChangePermissions: boolean;
  /** Port of the WebSocket when it is not the page's own. */
  webSocketPort: number | null;
  /** The role that may see everything. */
  adminRole: string;
}
