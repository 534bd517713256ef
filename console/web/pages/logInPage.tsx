import { type FormEvent, useState } from "react";
import { queryClient } from "../data/queries";
import { RequestError, request } from "../data/request";

/** Asks for the access token of a console that others can reach. */
export function LogInPage() {
  const [problem, setProblem] = useState<string>();
  const logIn = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const token = String(new FormData(event.currentTarget).get("token") ?? "");
    try {
      await request("/api/login", { token });
      await queryClient.invalidateQueries();
    } catch (error) {
      setProblem(error instanceof RequestError ? error.message : String(error));
    }
  };
  return (
    <main className="login">
      <form className="card stack" onSubmit={(event) => void logIn(event)}>
        <h1>Two-Table Warehouse</h1>
        <p className="muted">This console asks for its access token. Whoever started it has set it as CONSOLE_TOKEN.</p>
        <div>
          <label htmlFor="token">Access token</label>
          <input id="token" name="token" type="password" required autoComplete="current-password" />
        </div>
        {problem && <p role="alert">{problem}</p>}
        <button type="submit" className="primary">
          Show the console
        </button>
      </form>
    </main>
  );
}
