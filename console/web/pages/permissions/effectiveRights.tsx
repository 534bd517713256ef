import { useState } from "react";
import type { Permission } from "../../../api/permissions";
import { useActions } from "../../data/queries";
import { Badge } from "../../ui/card";
import { effectiveRight } from "./effectiveRight";

/** Answers for one user and one action, and says which permission decides. */
export function EffectiveRights({ permissions }: { permissions: Permission[] }) {
  const users = [...new Set(permissions.map(({ user }) => user))].sort();
  const actions = useActions();
  const [user, setUser] = useState(users[0] ?? "");
  const [action, setAction] = useState("");
  const right = effectiveRight(permissions, user, action);
  return (
    <div className="stack">
      <div className="pair">
        <div>
          <label htmlFor="right-user">User</label>
          <select id="right-user" value={user} onChange={({ target }) => setUser(target.value)}>
            {users.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </div>
        <div>
          <label htmlFor="right-action">Action</label>
          <input
            id="right-action"
            list="right-actions"
            value={action}
            onChange={({ target }) => setAction(target.value.trim())}
            spellCheck={false}
          />
          <datalist id="right-actions">
            {actions.data?.map((known) => (
              <option key={known.action} value={known.action} />
            ))}
          </datalist>
        </div>
      </div>
      <div aria-live="polite">
        {action === "" ? (
          <p className="muted">Name an action, such as {actions.data?.[0]?.action ?? "order.placed"}.</p>
        ) : (
          <p>
            <Badge tone={right.isAllowed ? "good" : "bad"}>{right.isAllowed ? "yes" : "no"}</Badge>{" "}
            {reason(right.because)}
            {right.matching.length > 1 && ` It outranks ${right.matching.length - 1} more that match.`}
          </p>
        )}
      </div>
    </div>
  );
}

function reason(because: Permission | undefined): string {
  if (because === undefined) return "No permission matches, and what nobody granted is refused.";
  const where = because.source === "USER" ? "the user" : because.source.replace(/^GROUP /, "group ");
  const verb = because.effect === "DENY" ? "denied" : "granted";
  return `${because.pattern} is ${verb} to ${where}${because.decidedBy ? ` by ${because.decidedBy}` : ""}.`;
}
