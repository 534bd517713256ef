import { type FormEvent, useState } from "react";
import type { Permission } from "../../../api/permissions";

/** A change that somebody wants to make. */
export interface Change {
  kind: "grant" | "deny" | "revoke";
  subjectType: "USER" | "GROUP";
  subject: string;
  pattern: string;
  maxRows?: number;
  maxRuntimeSeconds?: number;
  dailyRuntimeSeconds?: number;
  expiresAt?: string;
  reason?: string;
}

/** Whose decision a permission is: the user's own, or that of the group it comes from. */
export const subjectOf = ({ user, source }: Permission): Pick<Change, "subjectType" | "subject"> =>
  source.startsWith("GROUP ")
    ? { subjectType: "GROUP", subject: source.slice("GROUP ".length) }
    : { subjectType: "USER", subject: user };

interface ChangeFormProps {
  initial: { subject: string; pattern: string };
  onSubmit: (change: Change) => void;
}

/** What is granted or denied, to whom, how long. Nothing happens before it is confirmed. */
export function ChangeForm({ initial, onSubmit }: ChangeFormProps) {
  const [kind, setKind] = useState<"grant" | "deny">("grant");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onSubmit(changeOf(kind, new FormData(event.currentTarget)));
  };
  return (
    <form className="stack" onSubmit={submit}>
      <div className="pair">
        <Field name="kind" label="What">
          <select id="kind" value={kind} onChange={({ target }) => setKind(target.value as "grant" | "deny")}>
            <option value="grant">Grant</option>
            <option value="deny">Deny</option>
          </select>
        </Field>
        <Field name="subjectType" label="To a">
          <select id="subjectType" name="subjectType">
            <option value="USER">User</option>
            <option value="GROUP">Group</option>
          </select>
        </Field>
        <Field name="subject" label="Name, as Snowflake keeps it">
          <input
            id="subject"
            name="subject"
            required
            maxLength={255}
            defaultValue={initial.subject}
            spellCheck={false}
          />
        </Field>
        <Field name="pattern" label="Actions: *, prefix.* or one">
          <input
            id="pattern"
            name="pattern"
            required
            pattern="\*|[a-z0-9_]+(\.[a-z0-9_]+)*\.(\*|[a-z0-9_]+)"
            title="*, an action such as order.placed, or a prefix such as order.*"
            defaultValue={initial.pattern}
            spellCheck={false}
          />
        </Field>
        {kind === "grant" && (
          <>
            <Field name="maxRows" label="Rows a query, at most">
              <input id="maxRows" name="maxRows" type="number" min={1} placeholder="as configured" />
            </Field>
            <Field name="dailyRuntimeSeconds" label="Seconds a day, at most">
              <input
                id="dailyRuntimeSeconds"
                name="dailyRuntimeSeconds"
                type="number"
                min={1}
                placeholder="as configured"
              />
            </Field>
          </>
        )}
        <Field name="expiresAt" label="Until">
          <input id="expiresAt" name="expiresAt" type="datetime-local" />
        </Field>
        <Field name="reason" label="Reason">
          <input id="reason" name="reason" maxLength={1000} />
        </Field>
      </div>
      <div>
        <button type="submit" className="primary">
          {kind === "grant" ? "Grant …" : "Deny …"}
        </button>
      </div>
    </form>
  );
}

const Field = ({ name, label, children }: { name: string; label: string; children: React.ReactNode }) => (
  <div>
    <label htmlFor={name}>{label}</label>
    {children}
  </div>
);

function changeOf(kind: "grant" | "deny", form: FormData): Change {
  const text = (name: string) => String(form.get(name) ?? "").trim() || undefined;
  const number = (name: string) => (text(name) === undefined ? undefined : Number(text(name)));
  const until = text("expiresAt");
  const change = {
    kind,
    subjectType: (text("subjectType") ?? "USER") as Change["subjectType"],
    subject: text("subject") ?? "",
    pattern: text("pattern") ?? "",
    maxRows: number("maxRows"),
    dailyRuntimeSeconds: number("dailyRuntimeSeconds"),
    expiresAt: until === undefined ? undefined : new Date(until).toISOString(),
    reason: text("reason"),
  };
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as unknown as Change;
}
