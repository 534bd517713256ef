import { createAccount } from "../bootstrap";
import type { Store } from "../store/store";
import { hashPassword, verifyPassword } from "./password";

/**
 * Makes sure that the administrator can log in. An empty account is created with it; a password that is given always holds afterwards,
 * so the one who starts the server can never be locked out. Returns the password when it had to be made up.
 * Errors: the account exists and has no such user.
 */
export async function ensureAdministrator(
  store: Store,
  user: string,
  password: string | undefined,
  makePassword: () => string,
): Promise<string | undefined> {
  const { catalogue } = store;
  if (catalogue.all("ACCOUNT").length === 0) {
    const chosen = password ?? makePassword();
    await createAccount(store, { user, passwordHash: await hashPassword(chosen) });
    return password === undefined ? chosen : undefined;
  }
  const found = catalogue.find("USER", 0, user);
  if (!found) {
    throw new Error(
      `The data directory belongs to an account without the user ${user}. Start with a user that exists, or with another data directory.`,
    );
  }
  if (password !== undefined && !(found.passwordHash && (await verifyPassword(password, found.passwordHash)))) {
    const passwordHash = await hashPassword(password);
    const unit = await store.beginWrite();
    unit.catalogue.update(found, { passwordHash });
    await unit.commit();
  }
  return undefined;
}
