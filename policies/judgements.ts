import { DEFAULT_SETTINGS, type Judgement, judge, type LawSettings, readResource, sourceOf } from "../law/index";
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

const KEPT = 32;

/**
 * The judgement of each resource, made once for all policies of the pack: the engine asks them one after the other about the
 * same resource, and reading SQL is what costs time.
 */
export class Judgements {
  settings: LawSettings = DEFAULT_SETTINGS;
  private readonly kept = new Map<string, ResourceJudgement>();

  of({ type, name, urn, props }: ResourceSeen): ResourceJudgement {
    const inputs = plainInputs(props);
    const key = JSON.stringify([urn, type, inputs, this.settings]);
    const known = this.kept.get(key);
    if (known) return known;
    const judged = readResource(type, inputs, isUnknown);
    const sources = (judged?.texts ?? []).map((text) => sourceOf(name, text));
    const judgement = {
      ...judge(sources, { settings: this.settings }),
      unknown: judged?.unknown ?? [],
      unseen: judged?.remarks ?? [],
    };
    this.kept.set(key, judgement);
    if (this.kept.size > KEPT) this.kept.delete(this.kept.keys().next().value as string);
    return judgement;
  }
}
