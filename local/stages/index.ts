/** Stages: places for files, and the files in them as rows. */
export { directoryRelation, refreshDirectory } from "./directory";
export { stagedRelation } from "./relation";
