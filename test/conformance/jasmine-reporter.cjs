// Jasmine 3 -> one JSON line per event in the file REPORT_FILE, so that a run that hangs has told what it did.
const { appendFileSync } = require("node:fs");

const write = (event) => appendFileSync(process.env.REPORT_FILE, `${JSON.stringify(event)}\n`);
const messages = (failures) => failures.map(({ message, stack }) => `${message}\n${stack ?? ""}`);

// Jasmine makes one with `new`.
module.exports = function Reporter() {
  this.jasmineStarted = ({ totalSpecsDefined }) => write({ defined: totalSpecsDefined });
  this.specDone = ({ fullName, status, failedExpectations }) =>
    write({
      name: fullName,
      isPassed: status === "passed",
      messages: messages(failedExpectations),
    });
  // A beforeAll or afterAll that fails belongs to no case.
  this.suiteDone = ({ fullName, failedExpectations }) => {
    if (failedExpectations.length === 0) return;
    const name = `${fullName} (around all)`;
    write({ name, isPassed: false, messages: messages(failedExpectations) });
  };
};
