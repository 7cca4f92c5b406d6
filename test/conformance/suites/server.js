// Where the started server is and what it knows: test/conformance/run.ts sets the variables.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

export const url = given("CONFORMANCE_URL");
export const key = given("CONFORMANCE_KEY");
export const picturesFolder = given("CONFORMANCE_PICTURES");

const WAIT_MS = 60_000;

/** Address of a sample picture as clients know it; the server has it in its mirror. */
export function sampleUrl(name) {
  return `https://samples.clarifai.com/${name}`;
}

export function sampleBytes(name) {
  return readFileSync(join(picturesFolder, name));
}

let count = 0;

/** An id that no other test uses. */
export function uniqueId(start) {
  count++;
  return `${start}-${process.pid}-${Date.now().toString(36)}-${count}`;
}

/** Waits until `check` gives a truth, and gives that. */
export async function eventually(check, what) {
  const endMs = Date.now() + WAIT_MS;
  for (;;) {
    const result = await check();
    if (result) return result;
    if (Date.now() > endMs) throw new Error(`Expected ${what} within ${WAIT_MS} ms.`);
    await setTimeout(100);
  }
}

function given(name) {
  const value = process.env[name];
  if (value) return value;
  throw new Error(
    `Expected ${name} in the environment. Run the suites by npm run test:conformance.`,
  );
}
