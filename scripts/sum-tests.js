// Vitest's JSON reports -> what failed, by name and first line of its error, and one last line for CI:
// "N passed, N failed, N skipped".
import { existsSync, readFileSync } from "node:fs";

const sum = { passed: 0, failed: 0, skipped: 0 };
for (const file of process.argv.slice(2)) {
  if (!existsSync(file)) {
    console.error(`Expected a test report for ${file} but the suite wrote none.`);
    sum.failed++;
    continue;
  }
  const report = JSON.parse(readFileSync(file, "utf8"));
  sum.passed += report.numPassedTests;
  for (const { name, message, assertionResults } of report.testResults) {
    const failed = assertionResults.filter((test) => test.status === "failed");
    for (const { fullName, failureMessages } of failed)
      printFailure(`${name}: ${fullName}`, failureMessages[0]);
    if (assertionResults.length === 0 && message) printFailure(name, message);
  }
  // A file that cannot be loaded counts no tests of its own.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  sum.failed += report.numFailedTests + broken.length;
  sum.skipped += report.numPendingTests + report.numTodoTests;
}
console.log(`${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;

/** Names a failed test again, at the end, where a reader of a long log looks first. */
function printFailure(title, message = "") {
  console.log(`FAILED ${title}\n  ${message.split("\n").slice(0, 12).join("\n  ")}`);
}
