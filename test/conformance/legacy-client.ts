// The integration cases that ship inside the npm package `clarifai`, unmodified, under Jasmine 3 in the order in which
// they stand: some need what an earlier one made. Its own toolchain ran them through babel-register; tsx does the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Case } from "./cases.ts";
import { runChild } from "./child.ts";
import { clientName } from "./client-packages.ts";
import type { TestServer } from "./test-server.ts";

const PACKAGES = join(import.meta.dirname, "node_modules");
const TESTS = join(PACKAGES, "clarifai/tests/integration");

type Event =
  | { readonly defined: number }
  | {
      readonly name: string;
      readonly isPassed: boolean;
      readonly messages: readonly string[];
    };

/** Each file in a process of its own. */
export async function runLegacyClient(
  server: TestServer,
  folder: string,
): Promise<readonly Case[]> {
  const client = clientName("clarifai");
  const cases: Case[] = [];
  for (const file of readdirSync(TESTS).filter((name) => name.endsWith("-tests.js"))) {
    console.log(`== ${client}: ${file}`);
    const report = join(folder, `${file}.jsonl`);
    await runJasmine(server, join(TESTS, file), report);
    cases.push(...readEvents(client, file, report));
  }
  return cases;
}

async function runJasmine({ env }: TestServer, file: string, report: string): Promise<void> {
  const args = [
    "--require=tsx/cjs",
    join(PACKAGES, "jasmine/bin/jasmine.js"),
    "--random=false",
    "--no-color",
    `--reporter=${join(import.meta.dirname, "jasmine-reporter.cjs")}`,
    file,
  ];
  const variables = {
    CLARIFAI_API_KEY: env.CONFORMANCE_KEY!,
    API_ENDPOINT: env.CONFORMANCE_URL!,
    REPORT_FILE: report,
  };
  await runChild(args, variables, "ignore"); // it prints whole sockets when a call fails
}

function readEvents(client: string, file: string, report: string): readonly Case[] {
  const lines = readFileSync(report, { encoding: "utf8", flag: "a+" }).split("\n");
  const events = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as Event);
  const defined = events.reduce((sum, event) => ("defined" in event ? event.defined : sum), 0);
  const done = events.filter((event) => "name" in event);
  const cases = done.map(({ name, isPassed, messages }) => ({
    client,
    name,
    failure: isPassed ? null : messages.join("\n"),
  }));
  const missing = defined - done.length;
  if (defined > 0 && missing <= 0) return cases;
  const failure = `Expected ${defined || "some"} cases but ${done.length} came to an end.`;
  return [...cases, { client, name: file, failure }];
}
