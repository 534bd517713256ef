import { ensureWebBuild, WEB_BUILD } from "./webBuild";

ensureWebBuild().then(
  (built) => console.log(built ? `built ${WEB_BUILD}` : `${WEB_BUILD} is up to date`),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
