// `semblance models list | pull | verify | remove`: works on {data}/models alone, beside a running server too; `use` asks
// the server, or opens the data folder.
import { basename, dirname, resolve } from "node:path";
import type { Command } from "commander";
import { changeModel } from "./change-model-command.ts";
import { loadConfig } from "./config.ts";
import { connect, serverCommands } from "./connect.ts";
import { chooseDetector } from "./engine/objects/choose-detector.ts";
import type { Pulled } from "./engine/packs/install.ts";
import { listPacks } from "./engine/packs/list.ts";
import { BUILT_IN, modelsFolder, packFolder } from "./engine/packs/pack-id.ts";
import { pullPack } from "./engine/packs/pull.ts";
import { removePack } from "./engine/packs/remove.ts";
import { type Verified, verifyPack } from "./engine/packs/verify.ts";
import { currentModel } from "./engine/spaces/current-model.ts";
import { AppError } from "./errors.ts";
import { formatSize } from "./format-size.ts";
import { toTable } from "./models-table.ts";
import { createProgress, MEGABYTES, type Progress } from "./progress.ts";

type Settings = {
  readonly data: string;
  readonly inUse: string;
  /** As in Config. */
  readonly detector: string | undefined;
};
type PullOptions = { variant?: string; from?: string; offline?: boolean };

/** Adds `models` with its own commands. */
export function addModelsCommand(program: Command): void {
  const models = program
    .command("models")
    .description("models to search and to find objects with: list, install, check and remove them");
  const settings = () => readSettings(program.opts());

  models
    .command("list")
    .description("models that are installed, and those that can be")
    .option("--json", 'print {"models":[{"id","state","in_use", ...}]}')
    .action((options: { json?: boolean }) => list(settings(), options.json === true));

  models
    .command("pull")
    .description("install a model from the Hugging Face hub, or from a folder; mends a damaged one")
    .argument("<id>")
    .option(
      "--variant <name>",
      "fp32, fp16 or int8 (default: that of the installed one, else what suits the model)",
    )
    .option("--from <folder>", "copy from a folder in Hugging Face layout instead")
    .option("--offline", "download nothing (SEMBLANCE_OFFLINE)")
    .action((id: string, options: PullOptions) => pull(settings(), id, options));

  models
    .command("use")
    .description("search with another model: its vectors are made first, while the old one answers")
    .argument("<id or folder>")
    .action((id: string) => use(program.opts(), id));

  models
    .command("verify")
    .description("check the files of a model, or of all, against their SHA-256")
    .argument("[id]")
    .action((id: string | undefined) => verify(settings(), id));

  models
    .command("remove")
    .description("delete a model from the disk")
    .argument("<id>")
    .action((id: string) => remove(settings(), id));
}

// A model that is set but not installed must not keep anyone from installing it.
function readSettings(flags: Readonly<Record<string, unknown>>): Settings {
  const { data, detector } = loadConfig({ ...flags, model: BUILT_IN });
  const asked = flags.model ?? (process.env.SEMBLANCE_MODEL || undefined);
  const model = String(asked ?? currentModel(data) ?? BUILT_IN);
  const isPack = dirname(resolve(model)) === modelsFolder(data); // an id as a path
  return { data, detector, inUse: isPack ? basename(model) : model };
}

async function list({ data, inUse, ...asked }: Settings, isJson: boolean): Promise<void> {
  const packs = await listPacks(data);
  const folder = await chooseDetector(data, asked.detector).catch(() => undefined); // not installed
  const detector = packs.find(({ id }) => packFolder(data, id) === folder)?.id;
  if (!isJson) return toTable(packs, inUse, detector).forEach((line) => void console.log(line));
  const models = packs.map((pack) => ({
    id: pack.id,
    kind: pack.kind,
    title: pack.title,
    state: pack.state,
    in_use: pack.id === inUse || pack.id === detector,
    variant: pack.variant,
    size_bytes: pack.sizeBytes,
    is_whole_size: pack.isWholeSize,
    licence: pack.licence,
    languages: pack.languages,
    description: pack.description,
    recommended: pack.recommended,
    dim: pack.dim,
    url: pack.url,
    quality: pack.quality,
  }));
  console.log(JSON.stringify({ models }));
}

async function pull({ data }: Settings, id: string, options: PullOptions): Promise<void> {
  const { variant, from, offline } = options;
  const env = offline ? { ...process.env, SEMBLANCE_OFFLINE: "1" } : process.env;
  const source = from === undefined ? undefined : resolve(from);
  const pulled = await stoppable((signal, progress) => {
    const report = (done: number, total: number) => progress.update(done, total);
    return pullPack({ dataFolder: data, id, variant, from: source, signal, report, env });
  }, "What is there stays: run the command again to go on.");
  if (pulled) reportPulled(pulled);
}

function reportPulled({ record, wasThere }: Pulled): void {
  const sizeBytes = record.files.reduce((sum, file) => sum + file.sizeBytes, 0);
  const unchecked = record.files.filter(({ checked }) => checked === "none").length;
  console.log(
    wasThere
      ? `${record.id} is installed already, and intact.`
      : `Installed ${record.id} (${record.variant}, ${formatSize(sizeBytes)}). ${whatFor(record)}`,
  );
  if (unchecked > 0 && !wasThere) {
    console.log(
      `${unchecked} of its ${record.files.length} files could not be compared with a published digest.`,
    );
  }
}

function whatFor({ id, kind }: Pulled["record"]): string {
  return kind === "detector"
    ? "It finds objects in pictures, in the background while the server runs."
    : `Use it with: semblance models use ${id}`;
}

async function use(flags: Readonly<Record<string, unknown>>, id: string): Promise<void> {
  const config = { ...loadConfig({ ...flags, model: BUILT_IN }), model: undefined };
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  const connection = await connect(config, (error) => console.error(`semblance: ${error.message}`));
  try {
    await changeModel(connection, id, console.log, stop.signal);
  } finally {
    await connection.close();
  }
  if (process.env.SEMBLANCE_MODEL) {
    console.log("SEMBLANCE_MODEL is set: the next start changes over to what it names. Unset it.");
  }
}

async function verify({ data }: Settings, id: string | undefined): Promise<void> {
  const installed = (await listPacks(data)).filter(({ state }) => state === "installed");
  const ids = id === undefined ? installed.map((pack) => pack.id) : [id];
  if (ids.length === 0) console.log("No models are installed: see semblance models list.");
  for (const one of ids) {
    const verified = await stoppable((signal, progress) => {
      const report = (done: number, total: number) => progress.update(done, total);
      return verifyPack(data, one, { signal, report });
    }, "Nothing was changed.");
    if (!verified) return;
    reportVerified(verified);
  }
}

function reportVerified({ record, files, isIntact }: Verified): void {
  console.log(`${record.id} (${record.variant})`);
  for (const { state, target } of files) console.log(`  ${state.padEnd(7)}  ${target}`);
  if (isIntact) return;
  const from = record.repo === null ? ` --from ${record.source}` : "";
  console.log(
    `Mend it with: semblance models pull ${record.id}${from}. Intact files are not fetched again.`,
  );
  process.exitCode = 1;
}

async function remove({ data, inUse }: Settings, id: string): Promise<void> {
  if (id === BUILT_IN) {
    throw new AppError(
      "invalid_request",
      `Expected a model that was installed but ${BUILT_IN} comes with Semblance and stays.`,
    );
  }
  if (id === inUse) {
    throw new AppError(
      "invalid_request",
      `Expected a model that is not in use but received ${id}. Use another one first: semblance models use ID.`,
    );
  }
  const running = await serverCommands(data)
    ?.status({})
    .catch(() => undefined);
  if (running?.detector === id) {
    throw new AppError(
      "invalid_request",
      `Expected a detector that is not in use but the running server finds objects with ${id}. Stop it first.`,
    );
  }
  await removePack(data, id);
  console.log(`Removed ${id}.`);
}

// Ctrl-C ends the work, not the process: what was opened is closed. undefined: it was stopped.
async function stoppable<T>(
  work: (signal: AbortSignal, progress: Progress) => Promise<T>,
  afterwards: string,
): Promise<T | undefined> {
  const stop = new AbortController();
  const abort = () => stop.abort();
  const progress = createProgress(MEGABYTES);
  process.once("SIGINT", abort).once("SIGTERM", abort);
  try {
    return await work(stop.signal, progress);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    progress.stop();
    console.log(`Stopped. ${afterwards}`);
    process.exitCode = 130;
    return undefined;
  } finally {
    progress.stop();
    process.off("SIGINT", abort).off("SIGTERM", abort);
  }
}
