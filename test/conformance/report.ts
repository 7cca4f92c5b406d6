// Judged cases -> a table for people, and a report in the shape of Vitest's for scripts/sum-tests.js.
import { readFileSync, writeFileSync } from "node:fs";
import type { Judged } from "./cases.ts";

/** Markdown: one row per client, then what failed and what is known to miss. */
export function toTable(cases: readonly Judged[]): string {
  const clients = [...new Set(cases.map(({ client }) => client))];
  const rows = clients.map((client) => {
    const own = cases.filter((one) => one.client === client);
    const [passed, failed, missed] = (["passed", "failed", "known miss"] as const).map(
      (verdict) => own.filter((one) => one.verdict === verdict).length,
    );
    return `| ${client} | ${own.length} | ${passed} | ${failed} | ${missed} |`;
  });
  return [
    "| client | cases | passed | failed | known misses |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...section("Failed", cases, "failed"),
    ...section("Known misses", cases, "known miss"),
  ].join("\n");
}

function section(
  title: string,
  cases: readonly Judged[],
  verdict: Judged["verdict"],
): readonly string[] {
  const chosen = cases.filter((one) => one.verdict === verdict);
  const lines = chosen.map(
    ({ client, name, note }) => `- ${client}: ${name}\n  ${note.trim().replaceAll("\n", "\n  ")}`,
  );
  return chosen.length === 0 ? [] : ["", `${title}:`, "", ...lines];
}

/** Puts the table into a Markdown file, between the two comments that mark its place. */
export function writeTable(file: string, table: string): void {
  const text = readFileSync(file, "utf8");
  const place = /(<!-- conformance -->\n)[\s\S]*(<!-- \/conformance -->)/;
  if (!place.test(text)) throw new Error(`Expected a place for the table in ${file}.`);
  writeFileSync(
    file,
    text.replace(place, (_, start, end) => `${start}\n${table}\n\n${end}`),
  );
}

/** Known misses count as skipped. */
export function writeReport(file: string, cases: readonly Judged[]): void {
  const count = (verdict: Judged["verdict"]) =>
    cases.filter((one) => one.verdict === verdict).length;
  const statuses = { passed: "passed", failed: "failed", "known miss": "skipped" };
  const report = {
    success: count("failed") === 0,
    numTotalTests: cases.length,
    numPassedTests: count("passed"),
    numFailedTests: count("failed"),
    numPendingTests: count("known miss"),
    numTodoTests: 0,
    testResults: [...new Set(cases.map(({ client }) => client))].map((client) => {
      const own = cases.filter((one) => one.client === client);
      return {
        name: client,
        status: own.some(({ verdict }) => verdict === "failed") ? "failed" : "passed",
        assertionResults: own.map(({ name, verdict, note }) => ({
          fullName: name,
          status: statuses[verdict],
          failureMessages: verdict === "passed" ? [] : [note],
        })),
      };
    }),
  };
  writeFileSync(file, JSON.stringify(report));
}
