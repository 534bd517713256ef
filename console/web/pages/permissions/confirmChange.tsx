import { useMutation } from "@tanstack/react-query";
import { refreshReadings } from "../../data/queries";
import { type RequestError, request } from "../../data/request";
import { Dialog } from "../../ui/dialog";
import type { Change } from "./changeForm";

const VERBS = { grant: "Grant", deny: "Deny", revoke: "Revoke" } as const;

/** Says in one sentence what will happen, and does it only then. */
export function ConfirmChange({ change, onClose }: { change: Change; onClose: () => void }) {
  const mutation = useMutation<unknown, RequestError>({
    mutationFn: () => request("/api/permissions", change),
    onSuccess: async () => {
      await refreshReadings();
      onClose();
    },
  });
  return (
    <Dialog title={`${VERBS[change.kind]} this permission?`} shape="box" onClose={onClose}>
      <p>{sentence(change)}</p>
      {mutation.error && (
        <p role="alert" className="bad-text">
          {mutation.error.message}
        </p>
      )}
      <div className="row">
        <button
          type="button"
          className={change.kind === "grant" ? "primary" : "danger"}
          disabled={mutation.isPending}
          onClick={() => mutation.mutate()}
        >
          {mutation.isPending ? "Working …" : VERBS[change.kind]}
        </button>
        <button type="button" onClick={onClose}>
          Cancel
        </button>
      </div>
    </Dialog>
  );
}

function sentence({ kind, subject, subjectType, pattern, expiresAt }: Change): string {
  const whom = subjectType === "GROUP" ? `every member of group ${subject}` : subject;
  const what = pattern === "*" ? "all actions" : pattern;
  const until = expiresAt === undefined ? "" : ` until ${new Date(expiresAt).toLocaleString()}`;
  if (kind === "grant") return `${whom} may then query ${what}${until}.`;
  if (kind === "deny") return `${whom} may then no longer query ${what}${until}, whatever else is granted.`;
  return `The decision on ${pattern} for ${whom} is taken back; what other decisions say holds then.`;
}
