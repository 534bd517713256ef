// One project for all programs: each is a file of this folder, named by the environment.
export = require(`./${process.env["PROGRAM"]}`);
