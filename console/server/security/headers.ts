import type { MiddlewareHandler } from "hono";

/**
 * The headers of every answer. The page may load from its own server alone and run no script or style that stands in the page;
 * React and the chart library set styles through the CSSOM, which the policy does not concern.
 * @param webSocketPort gives the port of the WebSocket when it is another one than the page's
 */
export function securityHeaders(webSocketPort: () => number | null): MiddlewareHandler {
  return async (context, next) => {
    await next();
    const host = context.req.header("host") ?? "";
    const port = webSocketPort();
    const sockets = port === null ? host : `${host.replace(/:\d+$/, "")}:${port}`;
    const policy = [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ws://${sockets} wss://${sockets}`,
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join("; ");
    context.header("Content-Security-Policy", policy);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
  };
}
