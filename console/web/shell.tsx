import { type ReactNode, useEffect, useRef } from "react";
import { Link, useLocation } from "wouter";
import type { SessionInfo } from "../api/session";
import type { RequestError } from "./data/request";
import { localTime } from "./format/time";
import { reconnectNow } from "./live/liveSocket";
import { useLiveState } from "./live/liveState";
import { PAGES, pagesOf } from "./pages";
import { Badge } from "./ui/card";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "./ui/theme";
import { Time } from "./ui/time";

interface ShellProps {
  session: SessionInfo | undefined;
  error: RequestError | null;
  children: ReactNode;
}

/** Navigation, the state of the line, and the page. */
export function Shell({ session, error, children }: ShellProps) {
  const [location] = useLocation();
  const main = useRef<HTMLElement>(null);
  const title = PAGES.find(({ path }) => path === location)?.name ?? "No such page";
  useEffect(() => {
    document.title = `${title} · Two-Table Warehouse`;
  }, [title]);
  // On a phone the pages stand in a row that scrolls.
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link of the page is another one then
  useEffect(() => {
    nav.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [location, session]);
  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        Skip to the content
      </button>
      <header className="side">
        <div className="brand">
          <strong>Two-Table Warehouse</strong>
          <span className="muted small">{session?.database ?? " "}</span>
        </div>
        <nav aria-label="Pages" ref={nav}>
          <ul>
            {pagesOf(session?.isEmbedded ?? false).map(({ path, name }) => (
              <li key={path}>
                <Link href={path} aria-current={location === path ? "page" : undefined}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="side-foot">
          <LineState isGone={error?.isServerGone ?? false} />
          <DataAge />
          {session && (
            <span className="muted clip" title={`${session.user} as ${session.role} on ${session.account}`}>
              {session.user} as {session.role}
            </span>
          )}
          <ThemeSelect />
        </div>
      </header>
      <div>
        <Banner error={error} />
        <main id="main" className="main" ref={main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}

function LineState({ isGone }: { isGone: boolean }) {
  const { connection, warehouse, isPushed } = useLiveState();
  if (connection === "lost" || isGone) return <Badge tone="bad">Not connected</Badge>;
  if (warehouse === "unreachable") return <Badge tone="warn">Warehouse gone</Badge>;
  if (connection === "connecting") return <Badge>Connecting …</Badge>;
  return isPushed ? <Badge tone="good">Live</Badge> : <Badge>Not live</Badge>;
}

/** Says over every page that what is shown may be old, since when, and that nothing needs to be done. */
function Banner({ error }: { error: RequestError | null }) {
  const { connection, warehouse, lostAt, warehouseMessage } = useLiveState();
  const since = lostAt === null ? "" : ` since ${localTime(new Date(lostAt).toISOString())}`;
  if (connection === "lost" || error?.isServerGone) {
    return (
      <div className="banner row spread" role="status">
        <span>No connection to the console’s server{since}. What you see is from before; it reconnects by itself.</span>
        <button type="button" onClick={reconnectNow}>
          Reconnect now
        </button>
      </div>
    );
  }
  if (warehouse === "unreachable") {
    return (
      <div className="banner" role="status">
        The warehouse is not reachable. What you see is from before; it is tried again every few seconds.
        {warehouseMessage && <span className="sr-only"> {warehouseMessage}</span>}
      </div>
    );
  }
  return null;
}

/** Up to when the events are known. */
function DataAge() {
  const { age } = useLiveState();
  if (age === null) return null;
  return (
    <span className="muted data-age">
      Data as of <Time iso={age.dataAt} />
    </span>
  );
}

function ThemeSelect() {
  const choice = useThemeChoice();
  return (
    <select aria-label="Theme" value={choice} onChange={({ target }) => chooseTheme(target.value as ThemeChoice)}>
      <option value="auto">Theme: system</option>
      <option value="light">Theme: light</option>
      <option value="dark">Theme: dark</option>
    </select>
  );
}
