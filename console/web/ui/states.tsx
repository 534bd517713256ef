import type { ReactNode } from "react";
import { type Answer, useSession } from "../data/queries";
import type { RequestError } from "../data/request";
import { useLiveState } from "../live/liveState";

/** What a part of a page shows while it has nothing to show. */
export function State({
  title,
  children,
  role = "status",
}: {
  title: string;
  children?: ReactNode;
  role?: "status" | "alert";
}) {
  return (
    <div className="state" role={role}>
      <p className="state-title">{title}</p>
      {children && <div className="state-text">{children}</div>}
    </div>
  );
}

export const Loading = ({ what }: { what: string }) => (
  <div className="state loading" role="status" aria-live="polite">
    <span className="skeleton" />
    <span className="skeleton short" />
    <span className="sr-only">Loading {what} …</span>
  </div>
);

/** The designed state of every kind of failure. */
export function FailureState({ error, retry }: { error: RequestError; retry?: () => void }) {
  const { kind, message, code } = error.failure;
  if (kind === "no-permission") return <NoPermission message={message} />;
  if (kind === "gone") {
    return (
      <State
        title={error.isServerGone ? "The console’s server is gone" : "The warehouse is not reachable"}
        role="alert"
      >
        <p>{message}</p>
        <p>This page tries again every few seconds; nothing needs to be done here.</p>
      </State>
    );
  }
  const titles = { refused: "The warehouse refused", invalid: "This cannot be asked", "not-found": "Not found" };
  return (
    <State title={titles[kind as keyof typeof titles] ?? "Something went wrong"} role="alert">
      <p className="keep-lines">
        {message}
        {code && <span className="muted"> ({code})</span>}
      </p>
      {retry && kind !== "invalid" && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </State>
  );
}

function NoPermission({ message }: { message: string }) {
  const { data: session } = useSession();
  return (
    <State title="No permission" role="alert">
      <p>
        {!session ? (
          "The role of this console may not see this."
        ) : session.role === session.adminRole ? (
          <>
            Role <code>{session.role}</code> may not see this, or the stack was deployed before there was such a thing:
            deploy it again (<code>pulumi up</code>).
          </>
        ) : (
          <>
            Role <code>{session.role}</code> may not see this; <code>{session.adminRole}</code> may.
          </>
        )}
      </p>
      <details>
        <summary>What the warehouse said</summary>
        <p className="keep-lines mono">{message}</p>
      </details>
    </State>
  );
}

interface ReadProps<T> {
  answer: Answer<T>;
  /** For the screen reader: "refreshes". */
  what: string;
  /** Whether there is anything to show; without it everything is. */
  isEmpty?: (data: T) => boolean;
  empty?: ReactNode;
  children: (data: T) => ReactNode;
}

/** Shows an answer, or the state it is in. What is known stays on display, dimmed, while it cannot be renewed. */
export function Read<T>({ answer, what, isEmpty, empty, children }: ReadProps<T>) {
  const live = useLiveState();
  const { data, error } = answer;
  if (data === undefined) {
    if (error) return <FailureState error={error} retry={() => void answer.refetch()} />;
    return <Loading what={what} />;
  }
  if (error && error.failure.kind !== "gone") return <FailureState error={error} retry={() => void answer.refetch()} />;
  const isStale = error !== null || live.connection === "lost";
  return (
    <div className={isStale ? "stale" : undefined} data-stale={isStale || undefined}>
      {isEmpty?.(data) ? empty : children(data)}
    </div>
  );
}
