// Settings from flags and environment -> one checked record. Flags win over environment.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { z } from "zod";
import { type AskedDevice, DEVICES } from "./engine/device.ts";
import { NO_DETECTOR } from "./engine/objects/choose-detector.ts";
import { BUILT_IN, packFolder } from "./engine/packs/pack-id.ts";
import { AppError } from "./errors.ts";
import {
  type AllowedHost,
  type UrlMirror,
  urlAllowSchema,
  urlMirrorSchema,
} from "./url-settings.ts";

const LOOPBACK = new Set(["127.0.0.1", "::1", "localhost"]);

const schema = z.object({
  data: z.string().min(1).default("./data"),
  host: z.string().min(1).default("127.0.0.1"),
  port: z.coerce.number().int().min(0).max(65535).default(8484),
  model: z.string().min(1).optional(),
  detector: z.string().min(1).optional(),
  key: z.string().min(16, "at least 16 characters").optional(),
  threads: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  device: z.enum(DEVICES, `one of ${DEVICES.join(", ")}`).default("auto"),
  reading: z.enum(["on", "off"], "on or off").default("on"),
  urlAllow: urlAllowSchema.default([]),
  urlMirror: urlMirrorSchema.default([]),
  tlsCert: z.string().min(1).optional(),
  tlsKey: z.string().min(1).optional(),
});

/** All settings. Each is a flag (`--url-allow`) and a variable (`SEMBLANCE_URL_ALLOW`). */
export type Config = {
  /** Folder that holds everything Semblance keeps. Absolute path. Default ./data. */
  readonly data: string;
  /** Address to listen on. Anything but loopback requires `key`. Default 127.0.0.1. */
  readonly host: string;
  /** TCP port, 0 for a free one. Default 8484. */
  readonly port: number;
  /** Model folder in Hugging Face layout (absolute path), given as such or as the id of an installed model. undefined:
   *  the one in use, at first the embedded encoder. */
  readonly model: string | undefined;
  /** Folder of the embedded encoder. */
  readonly embedded: string;
  /** Folder of the detector of objects (absolute path), given as such or as the id of an installed one; "none": none.
   *  undefined: the one that was installed last, if one is. */
  readonly detector: string | undefined;
  /** Access key that every request must carry; undefined on loopback only. */
  readonly key: string | undefined;
  /** CPU threads for decoding, encoding and scanning. Default: all cores. */
  readonly threads: number;
  /** Where the encoder computes. Default: a GPU where one is there and works, else the CPU. */
  readonly device: AskedDevice;
  /** Whether text in pictures is read, in the background. Default "on". */
  readonly reading: "on" | "off";
  /** Hosts that image URLs may lead to although their addresses are private. Default: none. */
  readonly urlAllow: readonly AllowedHost[];
  /** Hosts whose URLs are files of this machine; nothing is fetched from them. Default: none. */
  readonly urlMirror: readonly UrlMirror[];
  /** PEM files of a certificate with its chain and of its key (absolute paths): the port speaks TLS, too. Both or
   *  neither. */
  readonly tlsCert: string | undefined;
  readonly tlsKey: string | undefined;
};

/** Merges flags over environment over defaults. @throws AppError "invalid_request" naming the setting,
 *  "model_unavailable" for a model that is not installed */
export function loadConfig(
  flags: Readonly<Record<string, unknown>> = {},
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = flags[name] ?? env[toVariable(name)];
    if (value !== undefined && value !== "") given[name] = value;
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw settingError(parsed.error.issues[0], given);
  const { data, model, detector, key, tlsCert, tlsKey, ...rest } = parsed.data;
  if (!LOOPBACK.has(rest.host) && key === undefined) {
    throw new AppError(
      "invalid_request",
      `Expected an access key for host ${rest.host} but received none. ` +
        "Set SEMBLANCE_KEY to a secret of 16 characters or more, or listen on 127.0.0.1.",
    );
  }
  if ((tlsCert === undefined) !== (tlsKey === undefined)) {
    throw new AppError(
      "invalid_request",
      `Expected both SEMBLANCE_TLS_CERT and SEMBLANCE_TLS_KEY or neither but received only the ${tlsCert === undefined ? "key" : "certificate"}.`,
    );
  }
  return {
    ...rest,
    key,
    data: resolve(data),
    model: model === undefined ? undefined : modelFolder(model, resolve(data)),
    detector: detector && detectorFolder(detector, resolve(data)),
    embedded: packFolder(resolve(data), BUILT_IN),
    tlsCert: tlsCert && resolve(tlsCert),
    tlsKey: tlsKey && resolve(tlsKey),
  };
}

function toVariable(name: string): string {
  return `SEMBLANCE_${name.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
}

function settingError(
  issue: z.core.$ZodIssue | undefined,
  given: Record<string, unknown>,
): AppError {
  const name = String(issue?.path[0] ?? "settings");
  const option = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const flag = name === "key" ? "" : `--${option} or `; // a key in a command line would be seen by everyone
  const received = name === "key" ? "a shorter one" : JSON.stringify(given[name]);
  return new AppError(
    "invalid_request",
    `Expected ${issue?.message ?? "a valid value"} for ${option} (${flag}${toVariable(name)}) but received ${received}.`,
  );
}

// As for models; what is not there is told when it is opened: everything else works without it.
function detectorFolder(detector: string, dataFolder: string): string {
  if (detector === NO_DETECTOR) return detector;
  return /[\\/]/.test(detector) ? resolve(detector) : packFolder(dataFolder, detector);
}

// A name is that of a pack, or of the embedded encoder; anything with a separator is a folder.
function modelFolder(model: string, dataFolder: string): string {
  if (/[\\/]/.test(model)) return resolve(model);
  const folder = packFolder(dataFolder, model);
  if (existsSync(folder)) return folder;
  throw new AppError(
    "model_unavailable",
    `Expected an installed model for model (--model or SEMBLANCE_MODEL) but received ${JSON.stringify(model)}, and ` +
      `there is no ${folder}. Install it with: semblance models pull ${model}, or name a folder with a slash: ./${model}.`,
  );
}
