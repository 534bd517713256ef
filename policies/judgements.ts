import { isDeepStrictEqual } from "node:util";
import {
  asConfigured,
  DEFAULT_SETTINGS,
  type Exception,
  type Finding,
  type Judgement,
  judge,
  judgeTogether,
  type LawSettings,
  type RuleCode,
  readResource,
  type Source,
  sourceOf,
} from "../law/index";
import { isUnknown, plainInputs } from "./unknownValues";

/** What the policies of the pack are given of a resource. */
export interface ResourceSeen {
  type: string;
  name: string;
  urn: string;
  props: Record<string, unknown>;
}

export interface ResourceJudgement extends Judgement {
  /** Properties that only the update will know. */
  unknown: string[];
  /** What the law cannot see of the resource and does not forbid. */
  unseen: string[];
}

/** A finding over the whole stack, with the resource that it stands in when there is one. */
export interface StackFinding extends Finding {
  urn?: string;
  name?: string;
}

/** Findings of a rule in a resource that its configuration leaves alone. */
interface PassedOver {
  findings: Finding[];
  /** Properties that only the update will know: what the rule would find in them cannot be told. */
  unknown: string[];
}

const KEPT = 32;

/** Inputs that may declare one of the two tables. Of what Snowflake computes, much is not known at preview and says nothing. */
const DECLARING: ReadonlySet<string> = new Set(["database", "schema", "name", "execute", "query"]);

/**
 * The judgement of each resource, made once for all policies of the pack: the engine asks them one after the other about the
 * same resource, and reading SQL is what costs time.
 */
export class Judgements {
  private current: LawSettings = DEFAULT_SETTINGS;
  private readonly kept = new Map<string, { inputs: string; judgement: ResourceJudgement }>();
  private stack?: { key: string; findings: StackFinding[] };
  private readonly allowed = new Map<RuleCode, readonly string[]>();
  private readonly passedOver = new Map<string, PassedOver>();

  get settings(): LawSettings {
    return this.current;
  }

  set settings(settings: LawSettings) {
    if (isDeepStrictEqual(settings, this.current)) return;
    this.current = settings;
    this.kept.clear();
  }

  of({ type, name, urn, props }: ResourceSeen): ResourceJudgement {
    const inputs = plainInputs(props);
    // At an update a resource has other inputs than at its preview: what was unknown then is known.
    const written = JSON.stringify(inputs);
    const known = this.kept.get(urn);
    if (known?.inputs === written) return known.judgement;
    const judged = readResource(type, inputs, isUnknown);
    const sources = (judged?.texts ?? []).map((text) => sourceOf(name, text));
    const judgement = {
      ...judge(sources, { settings: this.settings }),
      unknown: judged?.unknown ?? [],
      unseen: judged?.remarks ?? [],
    };
    this.kept.set(urn, { inputs: written, judgement });
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value as string);
    return judgement;
  }

  /**
   * What only shows over all resources of the stack. Where a value is not known before the update, what is missing cannot be
   * told yet; what is there twice can.
   */
  ofStack(resources: readonly ResourceSeen[]): StackFinding[] {
    const key = JSON.stringify([this.settings, resources.map(({ urn, props }) => [urn, plainInputs(props)])]);
    if (this.stack?.key !== key) this.stack = { key, findings: this.judgeStack(resources) };
    return this.stack.findings;
  }

  /** Notes what a rule is told to leave alone, as names or URNs, and whether this resource is among it. */
  leavesAlone(code: RuleCode, allow: readonly string[], resource: ResourceSeen): boolean {
    this.allowed.set(code, allow);
    if (!allow.includes(resource.name) && !allow.includes(resource.urn)) return false;
    const { findings, unknown } = this.of(resource);
    const own = findings.filter((finding) => finding.code === code);
    this.passedOver.set(JSON.stringify([code, resource.urn]), { findings: own, unknown });
    return true;
  }

  /** All that the configuration leaves alone, with what each entry of it is needed for; an entry is unused that is for nothing. */
  leftAlone(resources: readonly ResourceSeen[]): Exception[] {
    const rules = Object.fromEntries([...this.allowed].map(([code, allow]) => [code, { allow }]));
    if ([...this.allowed.values()].every(({ length }) => length === 0)) return [];
    const passedOver = [...this.passedOver.values()];
    const findings = [...passedOver.flatMap((one) => one.findings), ...this.ofStack(resources)];
    const named = (name: string) => resources.filter((one) => one.name === name).map(({ urn }) => urn);
    const { exceptions } = asConfigured({ findings, exceptions: [], remarks: [] }, rules, named);
    const unsure = (entry?: string): boolean =>
      resources.some(({ name, urn }) => (name === entry || urn === entry) && this.mayStillBreak(urn));
    return exceptions.filter(({ used, where }) => used || !unsure(where.resource));
  }

  private mayStillBreak(urn: string): boolean {
    return [...this.allowed.keys()].some(
      (code) => (this.passedOver.get(JSON.stringify([code, urn]))?.unknown.length ?? 0) > 0,
    );
  }

  private judgeStack(resources: readonly ResourceSeen[]): StackFinding[] {
    const byName = new Map<string, ResourceSeen>();
    const sources: Source[] = [];
    let whole = true;
    for (const resource of resources) {
      const judged = readResource(resource.type, plainInputs(resource.props), isUnknown);
      if (judged?.unknown.some((property) => DECLARING.has(property))) whole = false;
      const name = byName.has(resource.name) ? `${resource.name} (${resource.type})` : resource.name;
      byName.set(name, resource);
      sources.push(...(judged?.texts ?? []).map((text) => sourceOf(name, text)));
    }
    return judgeTogether(sources, { settings: this.settings, whole }).map((finding) => {
      const { urn, name } = byName.get(finding.where.resource ?? "") ?? {};
      return { ...finding, urn, name };
    });
  }
}
