// Source -> dist/ (server, workers, kernel, Portal) and gen/ (protobuf). `--if-stale` builds only
// when a source is newer than the last build, so that `npm start` costs milliseconds.
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);
const STAMP = "dist/.built";
const SOURCES = [
  "src",
  "web",
  "scripts",
  "models/compact",
  "package.json",
  "tsconfig.json",
  "tsconfig.build.json",
];

if (!existsSync("src")) process.exit(0); // installed from the registry: dist/ is part of the package
if (process.argv.includes("--if-stale") && isFresh()) process.exit(0);
if (!existsSync("node_modules/typescript")) {
  console.error("Expected development dependencies for the build. Run `npm ci --include=dev`.");
  process.exit(1);
}

step("protobuf", generateProtobuf);
step("kernel", () => {
  mkdirSync("dist/engine/kernel", { recursive: true });
  bin("asc", "src/engine/kernel/scan.ts", "--config", "src/engine/kernel/asconfig.json");
});
step("server", () => {
  bin("tsc", "-p", "tsconfig.build.json");
  cpSync("src/engine/vocabulary", "dist/engine/vocabulary", { recursive: true });
});
step("reading", () =>
  execFileSync(process.execPath, ["scripts/copy-reading.js"], { stdio: "inherit" }),
);
step("vocabulary", () =>
  execFileSync(process.execPath, ["scripts/embed-vocabulary.js"], { stdio: "inherit" }),
);
step("gazetteer", () =>
  execFileSync(process.execPath, ["scripts/write-gazetteer.js"], { stdio: "inherit" }),
);
step("portal", () => {
  bin("vite", "build", "web", "--logLevel", "warn");
  for (const name of readdirSync("dist/web/assets")) compress(join("dist/web/assets", name));
});
writeFileSync(STAMP, `${new Date().toISOString()}\n`);

/** Text beside its brotli and gzip versions, so that the server need not compress. */
function compress(file) {
  if (!/\.(js|css|svg|json)$/.test(file)) return;
  const bytes = readFileSync(file);
  writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
}

/** Clarifai's public .proto files from npm -> gen/ (JavaScript and types). Not committed. */
function generateProtobuf() {
  const protos = "gen/.protos";
  rmSync(protos, { recursive: true, force: true });
  cpSync("node_modules/clarifai-nodejs-grpc/proto", `${protos}/proto`, {
    recursive: true,
    filter: (file) =>
      statSync(file).isDirectory() || /(?<!_processed|test_proto)\.proto$/.test(file),
  });
  for (const name of ["annotations", "http"]) {
    cpSync(
      `node_modules/protobufjs/google/api/${name}.proto`,
      `${protos}/google/api/${name}.proto`,
    );
  }
  const template = {
    version: "v2",
    plugins: [
      {
        local: "node_modules/.bin/protoc-gen-es",
        out: "gen",
        opt: "target=js+dts,import_extension=js",
      },
    ],
  };
  bin("buf", "generate", protos, "--template", JSON.stringify(template));
}

function step(name, run) {
  const start = performance.now();
  run();
  console.log(`built ${name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

function bin(name, ...args) {
  execFileSync(join("node_modules", ".bin", name), args, {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

function isFresh() {
  if (!existsSync(STAMP)) return false;
  const builtMs = statSync(STAMP).mtimeMs;
  return !SOURCES.some((source) => isNewer(source, builtMs));
}

function isNewer(path, thanMs) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs > thanMs;
  return readdirSync(path).some(
    (name) => name !== "node_modules" && isNewer(join(path, name), thanMs),
  );
}
