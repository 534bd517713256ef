import { connectionOf, type Person, refusedRoles } from "./person";
import { Warehouse } from "./warehouse";

const RUN = { tag: "mcp:server:doctor", timeoutMs: 30_000 };

/**
 * Logs in as the person, as the server would, and says who that is. Wakes no warehouse.
 * @throws WarehouseError when the login is refused, or the person is an administrator
 */
export async function tryPerson(person: Person): Promise<{ user: string; role: string }> {
  const warehouse = new Warehouse(connectionOf(person, "user"), refusedRoles(person));
  try {
    const [row] = await warehouse.run("SELECT CURRENT_USER() AS USER_NAME, CURRENT_ROLE() AS ROLE_NAME", [], RUN);
    return { user: String(row?.USER_NAME), role: String(row?.ROLE_NAME) };
  } finally {
    await warehouse.close();
  }
}
