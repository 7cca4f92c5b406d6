import { defineConfig } from "vitest/config";

const timeouts = { testTimeout: 60_000, hookTimeout: 60_000 };

// unit: `npm test`, needs nothing but Node. e2e: the Portal in Chromium. package: the packed npm package.
// conformance: Clarifai's clients, started by test/conformance/run.ts.
export default defineConfig({
  test: {
    // Two cores are the machine we support: more forks only make each test slower.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...timeouts,
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "web/src/**/*.test.ts",
            "test/*.test.ts",
            "test/api/*.test.ts",
            "test/conformance/*.test.ts",
          ],
        },
      },
      {
        test: {
          ...timeouts,
          name: "e2e",
          include: ["test/e2e/*.test.ts"],
          // A page may take its time on a busy machine; what never comes fails all the same.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      { test: { ...timeouts, name: "package", include: ["test/package/*.test.ts"] } },
      {
        test: {
          ...timeouts,
          name: "conformance",
          include: ["test/conformance/suites/**/*.test.js"],
        },
      },
    ],
  },
});
