// SIGKILL at random points of indexing: what was reported as done is there, and the rest gets done.
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { openTestEngine, settled, temporaryFolder } from "./fixtures/engine.ts";
import { testPictures } from "./fixtures/pictures.ts";

const PICTURES = 800;
const KILLS = 10;
const MOST_PER_RUN = 40;
const CHILD = join(import.meta.dirname, "fixtures", "index-child.js");

/** Runs the child until `count` more inputs are processed, when it kills itself. Returns what it reported. */
async function runAndKill(data: string, folder: string, count: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [CHILD, data, folder, `${count}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  for await (const chunk of child.stdout) output += chunk;
  return output.split("\n").slice(0, -1); // an unfinished line was not reported
}

async function expectSearchable(data: string, ids: readonly string[]): Promise<void> {
  const { engine, app, errors } = await openTestEngine({ data });
  for (const id of ids) {
    const input = await engine.input(app, id);
    expect(input?.status).toBe("processed");
    const { hits } = await engine.search(app, {
      ranks: [{ kind: "input", inputId: id, weight: 1 }],
      filters: [],
      offset: 0,
      limit: 1,
    });
    expect(hits[0]?.score).toBeCloseTo(1, 3); // its vector is in the store and in the index
    const thumbnail = await engine.thumbnail(app, id);
    expect((await sharp(Buffer.from(thumbnail!.bytes)).metadata()).format).toBe("jpeg");
  }
  expect(errors).toEqual([]);
  await engine.close();
}

test(`nothing that was reported is lost in ${KILLS} kills, and indexing completes`, async () => {
  const [data, folder] = [temporaryFolder(), join(temporaryFolder(), "photos")];
  mkdirSync(folder);
  for (const { name, bytes } of await testPictures(PICTURES))
    writeFileSync(join(folder, name), bytes);
  // Seeds the vocabulary's embeddings, so that the kills hit indexing.
  await (await openTestEngine({ data })).engine.close();

  const reported = new Set<string>();
  for (let kill = 0; kill < KILLS; kill++) {
    const count = 1 + Math.floor(Math.random() * MOST_PER_RUN);
    const lines = await runAndKill(data, folder, count);
    expect(lines).not.toContain("all"); // else the kill came too late to test anything
    for (const id of lines) reported.add(id);
  }
  await expectSearchable(data, [...reported]);
  expect(reported.size).toBeGreaterThan(0);

  const last = await openTestEngine({ data });
  await last.engine.addPaths(last.app, [folder]);
  await settled(last);
  expect(await last.engine.countInputs(last.app)).toEqual({
    pending: 0,
    processed: PICTURES,
    failed: 0,
    duplicate: 0,
  });
  const { total } = await last.engine.search(last.app, {
    ranks: [{ kind: "text", text: "a photo", weight: 1 }],
    filters: [],
    offset: 0,
    limit: 1,
  });
  expect(total).toBe(PICTURES); // one vector per input, none twice
  await last.engine.close();
}, 180_000);
