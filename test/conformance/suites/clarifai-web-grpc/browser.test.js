// The client where it belongs: in a browser, on a page of another origin than the server's. The page is our example,
// served as its first lines say.
import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { createServer } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { key, picturesFolder, sampleUrl, url } from "../server.js";

const ROOT = join(import.meta.dirname, "../../../..");
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

describe("examples/web-grpc.html in a browser", () => {
  let page;
  const seen = [];

  beforeAll(async () => {
    const address = await servePage("web-grpc.html");
    const executablePath = CHROMIUM.find((path) => existsSync(path));
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    afterAll(() => browser.close());
    page = await browser.newPage();
    page.on("request", (request) => seen.push(request));
    await page.goto(address);
    expect(new URL(page.url()).origin).not.toBe(new URL(url).origin);
  });

  /** Fills in the form and gives what the page prints until it says `end`. */
  async function submit(accessKey, end) {
    await page.fill("[name=server]", url);
    await page.fill("[name=key]", accessKey);
    await page.setInputFiles("[name=file]", join(picturesFolder, "cookies.jpeg"));
    await page.fill("[name=url]", sampleUrl("dog.tiff"));
    await page.click("button");
    await page.locator("pre", { hasText: end }).waitFor({ timeout: 30_000 });
    return page.locator("pre").textContent();
  }

  test("adds two pictures and finds them", async () => {
    const output = await submit(key, "labelled favourite:");
    expect(output).toMatch(/^like the URL: from-url 1\.000, from-file 0\.\d+$/m);
    expect(output).toMatch(/^#dog: from-\w+ 0\.\d+, from-\w+ 0\.\d+$/m);
    expect(output).toMatch(/^"a dog on a beach": from-\w+ 0\.\d+, from-\w+ 0\.\d+$/m);
    expect(output).toMatch(/^labelled favourite: from-url 1\.000$/m);
    const rpcs = seen.filter((request) => request.url().includes("/clarifai.api.V2/"));
    expect(rpcs.map((request) => request.headers()["content-type"])).toContain(
      "application/grpc-web-text",
    );
  });

  test("can read that a key is wrong", async () => {
    const output = await submit("another-key-of-24-letters", "Invalid");
    expect(output).toContain("Invalid API key or Invalid API key/application pair");
  });
});

/** Beside the installed clients, so that the page finds them. */
async function servePage(name) {
  const root = mkdtempSync(join(import.meta.dirname, "../../node_modules/.page-"));
  afterAll(() => rmSync(root, { recursive: true }));
  copyFileSync(join(ROOT, "examples", name), join(root, name));
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    cacheDir: join(root, ".vite"),
    server: { host: "localhost", port: 0 },
  });
  afterAll(() => server.close());
  await server.listen();
  return `${server.resolvedUrls.local[0]}${name}`;
}
