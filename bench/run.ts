// `npm run bench <name>` prints one benchmark.
const BENCHMARKS: Readonly<Record<string, () => Promise<void>>> = {
  nearest: async () => (await import("./nearest.bench.ts")).nearest(),
  ingest: async () => (await import("./ingest.bench.ts")).ingest(),
  encode: async () => (await import("./encode.bench.ts")).encode(process.argv.slice(3)),
  search: async () => (await import("./search.bench.ts")).search(),
  concepts: async () => (await import("./custom-concepts.bench.ts")).concepts(),
  portal: async () => (await import("./portal.bench.ts")).portal(),
  api: async () => (await import("./api.bench.ts")).api(Number(process.argv[3] ?? 60)),
};

const name = process.argv[2] ?? "";
const benchmark = BENCHMARKS[name];
if (benchmark) await benchmark();
else {
  console.error(
    `Expected one of ${Object.keys(BENCHMARKS).join(", ")} for benchmark but received "${name}".`,
  );
  process.exitCode = 1;
}
