#!/usr/bin/env node
// The command line: serve, index, search, status, models.
import { readFile } from "node:fs/promises";
import { Command, InvalidArgumentError } from "commander";
import type { CommandInput } from "./commands.ts";
import { type Config, loadConfig } from "./config.ts";
import { type Connection, connect } from "./connect.ts";
import type { Detection } from "./engine/objects/detector.ts";
import { AppError } from "./errors.ts";
import { indexPaths } from "./index-command.ts";
import { LIMITS } from "./limits.ts";
import { offerModel } from "./model-offer.ts";
import { addModelsCommand } from "./models-command.ts";

const NO_IMAGES = "No images yet: run `semblance index FOLDER` first.";
const NO_MATCH = "No good match. The nearest:";
const NO_OBJECTS = "No objects yet: they are looked for in the background while the server runs.";

const program = new Command("semblance")
  .description("Smart image search on your own machine: by example image, by #concept, by caption.")
  .option("--data <folder>", "folder that holds everything (SEMBLANCE_DATA, default ./data)")
  .option("--host <address>", "address to listen on (SEMBLANCE_HOST, default 127.0.0.1)")
  .option("--port <number>", "port to listen on (SEMBLANCE_PORT, default 8484)")
  .option("--model <folder or id>", "encoder (SEMBLANCE_MODEL, default: the built-in one)")
  .option(
    "--detector <folder or id>",
    "finds objects; none: nothing does (SEMBLANCE_DETECTOR, default: the one installed last)",
  )
  .option("--threads <number>", "CPU threads (SEMBLANCE_THREADS, default: all cores)")
  .option(
    "--device <name>",
    "cpu, cuda, dml ... (SEMBLANCE_DEVICE, default auto: a GPU if one works)",
  )
  .option("--reading <on or off>", "read text in pictures (SEMBLANCE_READING, default on)")
  .option(
    "--url-allow <hosts>",
    "hosts that image URLs may lead to although they are private (SEMBLANCE_URL_ALLOW)",
  )
  .option(
    "--url-mirror <host=folder,...>",
    "hosts whose image URLs are files in a folder (SEMBLANCE_URL_MIRROR)",
  )
  .option("--tls-cert <file>", "PEM certificate with its chain, to speak TLS (SEMBLANCE_TLS_CERT)")
  .option("--tls-key <file>", "PEM key of the certificate (SEMBLANCE_TLS_KEY)")
  .showHelpAfterError();

program
  .command("serve")
  .description("run the Portal and the API")
  .action(async () => {
    // Only here: the API's descriptors cost the other commands a third of a second and 50 MB.
    const { serve } = await import("./main.ts");
    await serve(config());
  });

program
  .command("index")
  .description("index images, folders (recursively) and zip archives")
  .argument("<path...>", "files and folders, indexed where they are")
  .action(async (paths: string[]) => {
    const stop = new AbortController();
    process.once("SIGINT", () => stop.abort());
    const offer = process.stdout.isTTY ? await offerModel(config()) : undefined;
    if (offer) console.log(offer);
    const index = (connection: Connection) =>
      indexPaths(connection, paths, console.log, stop.signal);
    await connected(index, { measures: true, reads: config().reading === "on" });
  });

program
  .command("search")
  .description('search by caption ("two dogs on a beach"), by image or by concept')
  .argument("[caption]")
  .option("--image <file>", "find images that look like this one")
  .option("--concept <name>", "rank by a concept of the vocabulary")
  .option("--objects", "compare with the objects that a detector found in the images")
  .option("--limit <number>", "most results", toLimit, 20)
  .option(
    "--json",
    'print {"hits":[{"id","path","score"}],"relevant"}, with --objects also "object"',
  )
  .action(async (caption: string | undefined, options: SearchOptions) => {
    await connected(async ({ commands }) => {
      const { hits, relevant } = await commands.search(await toSearch(caption, options));
      if (hits.length > 0 && relevant === 0) console.error(NO_MATCH);
      if (options.json) console.log(JSON.stringify({ hits, relevant }));
      else if (hits.length === 0)
        console.log(
          options.objects ? NO_OBJECTS : nothingFound((await commands.status({})).counts.processed),
        );
      else
        for (const { score, path, object } of hits)
          console.log(
            `${score.toFixed(4)}  ${printable(path)}${object ? toPlaceText(object) : ""}`,
          );
    });
  });

program
  .command("status")
  .description("how many images are indexed, waiting and failed")
  .option("--json", "print JSON")
  .action(async (options: { json?: boolean }) => {
    await connected(async ({ commands, server }) => {
      const { model, detector, counts, unread } = await commands.status({});
      if (options.json)
        return console.log(
          JSON.stringify({
            ...{ model, detector: detector ?? null, server: server ?? null, counts, unread },
          }),
        );
      console.log(`data       ${config().data}${server ? ` (served at ${server})` : ""}`);
      console.log(`model      ${model}`);
      if (detector) console.log(`detector   ${detector}`);
      console.log(`indexed    ${counts.processed}`);
      console.log(`waiting    ${counts.pending}`);
      if (unread > 0) console.log(`to read    ${unread}`);
      console.log(`duplicates ${counts.duplicate}`);
      console.log(`failed     ${counts.failed}`);
    });
  });

addModelsCommand(program);

// A caption may say when and where, too: then nothing may match.
function nothingFound(indexed: number): string {
  return indexed === 0 ? NO_IMAGES : "No image matches.";
}

type SearchOptions = {
  image?: string;
  concept?: string;
  objects?: boolean;
  limit: number;
  json?: boolean;
};

async function toSearch(
  caption: string | undefined,
  options: SearchOptions,
): Promise<CommandInput<"search">> {
  const { image, concept } = options;
  const how = { limit: options.limit, ...(options.objects && { objects: true }) };
  if ([caption, image, concept].filter((given) => given !== undefined).length !== 1) {
    throw new AppError(
      "invalid_search",
      "Expected exactly one of a caption, --image FILE and --concept NAME for the search.",
    );
  }
  if (image !== undefined) return { ...how, image: (await readImage(image)).toString("base64") };
  return concept === undefined ? { ...how, text: caption ?? "" } : { ...how, concept };
}

async function readImage(file: string): Promise<Buffer> {
  return readFile(file).catch((cause) => {
    throw new AppError(
      "file_unreadable",
      `Expected a readable file for --image but received: ${cause.message}.`,
      { cause },
    );
  });
}

function toLimit(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit >= 1 && limit <= LIMITS.pageSizeMax) return limit;
  throw new InvalidArgumentError(`Expected 1 to ${LIMITS.pageSizeMax}.`);
}

// "  dog 85 % at 12,30-55,90": percent of width and height.
function toPlaceText({ label, confidence, box }: Detection): string {
  const [left, top, right, bottom, sure] = [
    box.left,
    box.top,
    box.right,
    box.bottom,
    confidence,
  ].map((part) => Math.round(100 * part));
  return `  ${label} ${sure} % at ${left},${top}-${right},${bottom}`;
}

// Newlines and control characters of file names would break the table, or the terminal.
function printable(path: string): string {
  return /\p{Cc}/u.test(path) ? JSON.stringify(path) : path;
}

function config(): Config {
  return loadConfig(program.opts());
}

async function connected(
  run: (connection: Connection) => Promise<void>,
  options: { readonly measures?: boolean; readonly reads?: boolean } = {},
): Promise<void> {
  const onError = (error: AppError) => console.error(`semblance: ${error.message}`);
  const connection = await connect(config(), onError, options);
  try {
    await run(connection);
  } finally {
    await connection.close();
  }
}

program.parseAsync().catch((thrown: unknown) => {
  const error = AppError.from(thrown);
  console.error(`semblance: ${error.message}`);
  if (error.code === "internal" && process.env.SEMBLANCE_DEBUG) console.error(error.cause);
  process.exitCode = 1;
});
