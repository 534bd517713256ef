/** Where `npm start` has the embedded server listen unless it is told another port. */
export const DEFAULT_PORT = 4480;
