// What a user of the npm package gets: pack it, install it in an empty folder, index, search, serve.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder } from "../fixtures/engine.ts";
import { drawEmoji } from "../fixtures/pictures.ts";

const ROOT = join(import.meta.dirname, "../..");
const folder = temporaryFolder();
const MINUTES = 60_000;

function npm(cwd: string, ...args: string[]): string {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
}

function semblance(...args: string[]): string {
  const stdio = ["ignore", "pipe", "pipe"] as const;
  return execFileSync("npx", ["--no-install", "semblance", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: [...stdio],
  });
}

beforeAll(async () => {
  npm(ROOT, "pack", "--ignore-scripts", "--pack-destination", folder);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  // As the README says: onnxruntime-node's install script would fetch CUDA libraries.
  writeFileSync(join(folder, ".npmrc"), "onnxruntime-node-install=skip\n");
  npm(folder, "install", join(folder, tarball));
  mkdirSync(join(folder, "photos"));
  for (const { name, bytes } of await drawEmoji(12))
    writeFileSync(join(folder, "photos", name), bytes);
}, 5 * MINUTES);

test(
  "the installed package indexes a folder and finds pictures",
  () => {
    expect(semblance("index", "photos")).toMatch(/^Indexed 12 images/);
    const image = join("photos", readdirSync(join(folder, "photos"))[0]!);
    const { hits } = JSON.parse(semblance("search", "--image", image, "--json", "--limit", "3"));
    expect(hits).toHaveLength(3);
    expect(hits[0].path).toBe(join(folder, image));
    expect(hits[0].score).toBeGreaterThan(0.99);
    expect(semblance("search", "a smiling face").trim().split("\n")).toHaveLength(12);
  },
  2 * MINUTES,
);

test(
  "the installed package serves the Portal and the API",
  async () => {
    const child = spawn(
      process.execPath,
      [join(folder, "node_modules/semblance/dist/cli.js"), "--port", "0", "serve"],
      { cwd: folder },
    );
    try {
      const url = await new Promise<string>((resolve, reject) => {
        child.stdout.on("data", (chunk) => {
          const url = /http:\S+/.exec(String(chunk))?.[0];
          if (url) resolve(url);
        });
        child.on("exit", () => reject(new Error("the server exited")));
      });
      expect(await (await fetch(url)).text()).toContain('<div id="root">');
      const body = JSON.stringify({ searches: [{}] });
      const response = await fetch(`${url}/v2/inputs/searches`, { method: "POST", body });
      const { hits } = (await response.json()) as { hits: object[] };
      expect(hits).toHaveLength(12);
      expect(semblance("status")).toContain(`served at ${url}`);
    } finally {
      child.kill();
    }
  },
  MINUTES,
);
