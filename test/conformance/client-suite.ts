// A suite of our own for one client: a folder of Vitest files that drive it, in a process of their own.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Case } from "./cases.ts";
import { runChild } from "./child.ts";
import type { TestServer } from "./test-server.ts";

const VITEST = join(import.meta.dirname, "../../node_modules/vitest/vitest.mjs");

/** `client`: its name in the table; `suite`: its folder; `env`: how it reaches the server. */
export type ClientSuite = {
  readonly client: string;
  readonly suite: string;
  readonly env?: Readonly<Record<string, string>>;
};

type VitestReport = {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
};

export async function runClientSuite(
  server: TestServer,
  { client, suite, env = {} }: ClientSuite,
  folder: string,
): Promise<readonly Case[]> {
  console.log(`== ${client}`);
  const report = join(folder, `${client.replace(/\W+/g, "-")}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const files = ["--project=conformance", `suites/${suite}/`];
  const args = [VITEST, "run", ...files, ...reporters, "--silent"]; // the SDK tells of everything that it does
  await runChild(args, { ...server.env, ...env }, "inherit");
  if (!existsSync(report)) return [{ client, name: suite, failure: "It wrote no report." }];
  const { testResults } = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
  return testResults.flatMap((file) => [
    // A file that cannot be loaded, or whose beforeAll fails, may count no case as failed.
    ...(file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed")
      ? [{ client, name: file.name.split("/").at(-1)!, failure: file.message }]
      : []),
    ...file.assertionResults.map(({ fullName, status, failureMessages }) => ({
      client,
      name: fullName,
      failure: status === "passed" ? null : toText(failureMessages) || `It was ${status}.`,
    })),
  ]);
}

function toText(messages: readonly string[]): string {
  return stripVTControlCharacters(messages.join("\n"));
}
