// Every example runs as its first lines say, in a folder of its own beside the installed clients. The one for browsers
// stands with its client's suite; Python's needs packages that npm does not have.
import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { key, picturesFolder, sampleUrl, url } from "../server.js";

const EXAMPLES = join(import.meta.dirname, "../../../../examples");
const folder = mkdtempSync(join(import.meta.dirname, "../../node_modules/.examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("examples", () => {
  test.each([
    ["node", "node-sdk.js"],
    ["node", "node-grpc.js"],
    ["node", "legacy-js.cjs"],
    ["bash", "curl.sh"],
  ])("%s %s", async (program, name) => {
    const output = await run(program, name);
    expect(output).toMatch(/^like the URL: from-url 1(\.0+\d*)?, from-file 0\.\d+$/m);
    expect(output).toMatch(/^#dog: from-(url|file) [01]\.?\d*, from-(url|file) [01]\.?\d*$/m);
    expect(output).toMatch(/^labelled favourite: from-url 1(\.0+)?$/m);
    expect(output).toMatch(/^near 40, -29: from-url 1(\.0+)?$/m);
  });
});

async function run(program, name) {
  copyFileSync(join(EXAMPLES, name), join(folder, name));
  const args = [join(folder, name), join(picturesFolder, "cookies.jpeg"), sampleUrl("dog.tiff")];
  const env = { ...process.env, SEMBLANCE_URL: url, SEMBLANCE_KEY: key };
  const { stdout } = await promisify(execFile)(program, args, { env });
  return stdout;
}
