const fc = require("fast-check");

/** Property tests draw the same inputs each time, so that a commit has one answer; FC_SEED looks for others. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 1) });
