import { useState } from "react";
import { useSearchParams } from "wouter";
import type { Permission, PermissionChange, Runtime } from "../../../api/permissions";
import { usePermissions, useSession } from "../../data/queries";
import { count, duration } from "../../format/numbers";
import { Badge, Card, PageHead } from "../../ui/card";
import { Read, State } from "../../ui/states";
import { Table } from "../../ui/table";
import { Time } from "../../ui/time";
import { type Change, ChangeForm, subjectOf } from "./changeForm";
import { ConfirmChange } from "./confirmChange";
import { EffectiveRights } from "./effectiveRights";

/** Who may query what, and why; the administrator changes it here. */
export function PermissionsPage() {
  const permissions = usePermissions();
  const { data: session } = useSession();
  const [parameters] = useSearchParams();
  const [change, setChange] = useState<Change>();
  const canChange = session?.canChangePermissions ?? false;
  return (
    <>
      <PageHead title="Permissions">
        A deny wins over a grant, a grant to the user over grants of groups; what nobody granted is refused. Every
        change is an event.
      </PageHead>
      <div className="grid">
        <Card title="What holds now" wide>
          <Read
            answer={permissions}
            what="permissions"
            isEmpty={(all) => all.permissions.length === 0}
            empty={<NobodyYet canChange={canChange} user={session?.user ?? ""} />}
          >
            {(all) => (
              <Current
                permissions={all.permissions}
                isOwn={all.scope === "own"}
                onRevoke={canChange ? setChange : undefined}
              />
            )}
          </Read>
        </Card>
        {permissions.data && permissions.data.permissions.length > 0 && (
          <Card title="May this user query this action?">
            <EffectiveRights permissions={permissions.data.permissions} />
          </Card>
        )}
        {canChange && (
          <Card title="Grant or deny">
            <ChangeForm
              initial={{ subject: parameters.get("user") ?? "", pattern: parameters.get("pattern") ?? "" }}
              onSubmit={setChange}
            />
          </Card>
        )}
        {permissions.data?.scope === "all" && (
          <>
            <Card title="Runtime used in 24 hours" wide>
              <Runtimes runtimes={permissions.data.runtimes} />
            </Card>
            <Card title="Changes of the last 30 days" wide>
              <Changes changes={permissions.data.changes} />
            </Card>
          </>
        )}
      </div>
      {change && <ConfirmChange change={change} onClose={() => setChange(undefined)} />}
    </>
  );
}

function NobodyYet({ canChange, user }: { canChange: boolean; user: string }) {
  return (
    <State title="Nobody may query anything yet">
      {canChange
        ? `Grant the first permission below, for example * to ${user}, who this console works as.`
        : "An administrator grants permissions on this page or with GRANT_USER_PERMISSION."}
    </State>
  );
}

const EFFECTS = {
  DENY: { tone: "bad", word: "denied" },
  GRANT: { tone: "good", word: "granted" },
  INHERIT: { tone: "good", word: "inherited" },
} as const;

interface CurrentProps {
  permissions: Permission[];
  isOwn: boolean;
  onRevoke: ((change: Change) => void) | undefined;
}

function Current({ permissions, isOwn, onRevoke }: CurrentProps) {
  return (
    <>
      {isOwn && <p className="muted small">Your own; the administrator’s role sees everybody’s.</p>}
      <Table
        caption="Permissions that hold now"
        rows={permissions}
        keyOf={({ user, pattern }) => `${user} ${pattern}`}
        columns={[
          { name: "User", cell: ({ user }) => user },
          { name: "Actions", cell: ({ pattern }) => <code>{pattern}</code> },
          { name: "Effect", cell: ({ effect }) => <Badge tone={EFFECTS[effect].tone}>{EFFECTS[effect].word}</Badge> },
          { name: "Why", isText: true, cell: (permission) => <Why permission={permission} /> },
          { name: "Budget", cell: (permission) => budgetOf(permission) },
          { name: "Until", cell: ({ expiresAt }) => (expiresAt === null ? "for ever" : <Time iso={expiresAt} />) },
          ...(onRevoke
            ? [
                {
                  name: "Change",
                  cell: (permission: Permission) => (
                    <button
                      type="button"
                      className="quiet"
                      aria-label={`Revoke ${permission.pattern} of ${permission.user}`}
                      onClick={() =>
                        onRevoke({ kind: "revoke", pattern: permission.pattern, ...subjectOf(permission) })
                      }
                    >
                      Revoke
                    </button>
                  ),
                },
              ]
            : []),
        ]}
      />
    </>
  );
}

function Why({ permission: { source, decidedBy, decidedAt, reason } }: { permission: Permission }) {
  const whom = source === "USER" ? "to the user" : `to group ${source.replace(/^GROUP /, "")}`;
  return (
    <>
      {whom}
      {decidedBy && ` by ${decidedBy}`}, <Time iso={decidedAt} />
      {reason && <p className="muted">“{reason}”</p>}
    </>
  );
}

function budgetOf({ effect, maxRows, maxRuntimeSeconds, dailyRuntimeSeconds }: Permission): string {
  if (effect === "DENY") return "–";
  const parts = [
    maxRows !== null && `${count(maxRows)} rows`,
    maxRuntimeSeconds !== null && `${duration(maxRuntimeSeconds)} a query`,
    dailyRuntimeSeconds !== null && `${duration(dailyRuntimeSeconds)} a day`,
  ].filter((part) => part !== false);
  return parts.length > 0 ? parts.join(", ") : "as configured";
}

function Runtimes({ runtimes }: { runtimes: Runtime[] }) {
  if (runtimes.length === 0) return <State title="No plan ran">Nobody has asked anything in the last 24 hours.</State>;
  return (
    <Table
      caption="Runtime used in 24 hours"
      rows={runtimes}
      keyOf={({ user }) => user}
      columns={[
        { name: "User", cell: ({ user }) => user },
        { name: "Plans", isNumber: true, cell: ({ queries }) => count(queries) },
        { name: "Used", isNumber: true, cell: ({ seconds }) => duration(seconds) },
        { name: "Left", isNumber: true, cell: ({ secondsLeft }) => duration(secondsLeft) },
      ]}
    />
  );
}

function Changes({ changes }: { changes: PermissionChange[] }) {
  if (changes.length === 0)
    return <State title="No change">A change appears here after the next refresh of the events table.</State>;
  return (
    <Table
      caption="Changes of the last 30 days"
      rows={changes.slice(0, 50)}
      keyOf={({ at }, index) => `${at} ${index}`}
      columns={[
        { name: "When", cell: ({ at }) => <Time iso={at} /> },
        { name: "What", cell: ({ action }) => action.replace(/^system\./, "").replaceAll(/[._]/g, " ") },
        {
          name: "Whom",
          cell: ({ subject, subjectType }) =>
            subjectType === "USER" ? subject : `${subjectType?.toLowerCase()} ${subject}`,
        },
        { name: "Actions or member", cell: ({ pattern, member }) => (pattern ? <code>{pattern}</code> : member) },
        { name: "By", cell: ({ by }) => by },
        { name: "Reason", isText: true, cell: ({ reason }) => reason ?? "–" },
      ]}
    />
  );
}
