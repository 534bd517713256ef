/** Stages: places for files, and the files in them as rows. */
export { stagedRelation } from "./relation";
