import { createServer } from "node:http";

export const answer = (path) => (path === "/healthz" ? "ok" : `Hello from ${process.env.RELEASE_VERSION ?? "nowhere"}`);

if (process.env.PORT) {
  createServer((request, response) => response.end(answer(request.url))).listen(process.env.PORT, "127.0.0.1");
}
