// npm run test:conformance [-- CLIENT...] [--write]: Clarifai's official clients, as npm has them, against a started
// server. Prints a table; with --write also into docs/clarifai.md, when all clients ran and none failed. Ends with 1 if
// a case fails that known-misses.json does not name, or one passes that it names.
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { temporaryFolder } from "../fixtures/engine.ts";
import { type Case, judge } from "./cases.ts";
import { clientName, installClients } from "./client-packages.ts";
import { type ClientSuite, runClientSuite } from "./client-suite.ts";
import { runLegacyClient } from "./legacy-client.ts";
import { toTable, writeReport, writeTable } from "./report.ts";
import { startTestServer, type TestServer } from "./test-server.ts";

type Run = (server: TestServer, folder: string) => Promise<readonly Case[]>;

const DOCS = join(import.meta.dirname, "../../docs/clarifai.md");

// `--reporter` is Vitest's, which scripts give to every suite.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    reporter: { type: "string", multiple: true },
    "outputFile.json": { type: "string" },
    write: { type: "boolean" },
  },
});

const isWhole = positionals.length === 0;

installClients();
// "clarifai" is the first client alone, not all whose names begin so.
const chosen = [...runs()].filter(
  ([client]) => isWhole || positionals.includes(client.split(/[ ,]/)[0]!),
);
const cases = await runAll(chosen);
const judged = judge(
  cases,
  chosen.map(([client]) => client),
);
console.log(`\n${toTable(judged)}`);
const hasFailed = cases.length === 0 || judged.some(({ verdict }) => verdict === "failed");
if (values.write && isWhole && !hasFailed) writeTable(DOCS, toTable(judged));
if (values["outputFile.json"]) writeReport(values["outputFile.json"], judged);
process.exitCode = hasFailed ? 1 : 0;

/** Every client by its name in the table. */
function runs(): ReadonlyMap<string, Run> {
  const grpc = clientName("clarifai-nodejs-grpc");
  const suites: readonly ClientSuite[] = [
    { client: clientName("clarifai-nodejs"), suite: "clarifai-nodejs" },
    { client: `${grpc}, TLS`, suite: "clarifai-nodejs-grpc", env: { CONFORMANCE_TLS: "1" } },
    { client: `${grpc}, cleartext`, suite: "clarifai-nodejs-grpc" },
    { client: clientName("clarifai-web-grpc"), suite: "clarifai-web-grpc" },
    { client: "examples", suite: "examples" },
  ];
  return new Map([
    [clientName("clarifai"), runLegacyClient],
    ...suites.map((suite): [string, Run] => [
      suite.client,
      (server, folder) => runClientSuite(server, suite, folder),
    ]),
  ]);
}

async function runAll(chosen: readonly (readonly [string, Run])[]): Promise<readonly Case[]> {
  const reports = temporaryFolder();
  const server = await startTestServer();
  try {
    const cases: Case[] = [];
    for (const [, run] of chosen) cases.push(...(await run(server, reports)));
    return cases;
  } finally {
    await server.close();
    rmSync(reports, { recursive: true, force: true });
  }
}
