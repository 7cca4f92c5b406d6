// The server, restarted when its source changes, and the Portal with hot reload beside it.
import { spawn } from "node:child_process";
import { watch } from "node:fs";

const SETTLE_MS = 200;
const run = (...args) => spawn(process.execPath, args, { stdio: "inherit" });
const bin = (name) => `node_modules/${name}`;

run("scripts/build.js", "--if-stale").on("exit", (code) => {
  if (code) process.exit(code);
  const portal = run(bin("vite/bin/vite.js"), "web");
  let server = run("dist/cli.js", "serve");
  let timer;
  // Kernel and protobuf change rarely: `npm run build` does those.
  watch("src", { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      server.kill();
      server.once("exit", () => {
        run(bin("typescript/bin/tsc"), "-p", "tsconfig.build.json").on("exit", () => {
          server = run("dist/cli.js", "serve");
        });
      });
    }, SETTLE_MS);
  });
  process.on("SIGINT", () => {
    portal.kill();
    server.kill();
    process.exit(0);
  });
});
