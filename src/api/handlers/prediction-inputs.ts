// Inputs of a prediction -> their embeddings, or per input the reason why it has none. Images and texts are encoded
// in batches.
import type { MessageInitShape } from "@bufbuild/protobuf";
import { type Input, InputSchema } from "#proto/api/resources_pb";
import type { App, Engine } from "../../engine/engine.ts";
import { newId } from "../../engine/library/ids.ts";
import { AppError } from "../../errors.ts";
import { LIMITS } from "../../limits.ts";
import { requireSupported } from "./unsupported.ts";

/** One input, ready to be judged. */
export type Embedded = {
  /** The input as answers show it: with an id, without its bytes. */
  readonly echo: MessageInitShape<typeof InputSchema>;
  readonly kind: "image" | "text";
  /** [dim] f32 of unit length, or why there is none. */
  readonly embedding: Float32Array | AppError;
};

const SUPPORTED = new Set([
  "id",
  "data.image.base64",
  "data.image.url",
  "data.text.raw",
  // Clients send back inputs that they got from us, and some of what they post with new ones.
  "data.image.allow_duplicate_url",
  "data.image.hosted",
  "data.image.image_info",
  "data.metadata",
  "data.concepts",
  "data.geo",
  "dataset_ids",
  "status",
  "created_at",
  "modified_at",
]);
const FETCHES_AT_ONCE = 8;

type Content =
  | { readonly kind: "image"; readonly bytes: Uint8Array }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "stored"; readonly embedding: Float32Array };

/** One result per input, in order. `app`: where inputs are looked up that come as an id alone; undefined: nowhere. */
export async function embedInputs(
  engine: Engine,
  app: App | undefined,
  inputs: readonly Input[],
  signal: AbortSignal,
): Promise<readonly Embedded[]> {
  const contents: (Content | AppError)[] = [];
  for (let start = 0; start < inputs.length; start += FETCHES_AT_ONCE) {
    const batch = inputs.slice(start, start + FETCHES_AT_ONCE);
    contents.push(
      ...(await Promise.all(batch.map((input) => readContent(engine, app, input, signal)))),
    );
  }
  const embeddings = await embedContents(engine, contents);
  return inputs.map((input, i) => ({
    echo: toEcho(input),
    kind: contents[i] instanceof AppError || contents[i]?.kind !== "text" ? "image" : "text",
    embedding: embeddings[i] as Float32Array | AppError,
  }));
}

async function readContent(
  engine: Engine,
  app: App | undefined,
  input: Input,
  signal: AbortSignal,
): Promise<Content | AppError> {
  try {
    return await toContent(engine, app, input, signal);
  } catch (thrown) {
    const error = AppError.from(thrown);
    if (error.code === "cancelled") throw error;
    return error;
  }
}

async function toContent(
  engine: Engine,
  app: App | undefined,
  input: Input,
  signal: AbortSignal,
): Promise<Content> {
  const { image, text, video, audio } = input.data ?? {};
  if (video ?? audio) throw unsupported(video ? "a video" : "audio");
  requireSupported(InputSchema, input, "input", SUPPORTED, "input_invalid");
  if (image && image.base64.length > 0) return { kind: "image", bytes: checked(image.base64) };
  if (image && image.url !== "") {
    return { kind: "image", bytes: await engine.fetchImage(image.url, signal) };
  }
  if (text && text.raw !== "") return { kind: "text", text: checkedText(text.raw) };
  const stored = app && input.id !== "" ? await engine.predict.stored(app, input.id) : undefined;
  if (stored) return { kind: "stored", embedding: stored };
  throw new AppError(
    "input_invalid",
    stored === null
      ? `Expected an indexed input but ${input.id} is not.`
      : "Expected image bytes for data.image.base64, an address for data.image.url, words for data.text.raw or the id " +
          `of an input of the app but received ${input.id === "" ? "none of them" : `id ${input.id}, which does not exist`}.`,
  );
}

async function embedContents(
  engine: Engine,
  contents: readonly (Content | AppError)[],
): Promise<(Float32Array | AppError)[]> {
  const good = contents.filter((content): content is Content => !(content instanceof AppError));
  const images = await engine.predict.embedImages(
    good.flatMap((content) => (content.kind === "image" ? [content.bytes] : [])),
  );
  const texts = await engine.predict.embedTexts(
    good.flatMap((content) => (content.kind === "text" ? [content.text] : [])),
  );
  const [nextImage, nextText] = [images.values(), texts.values()];
  return contents.map((content) => {
    if (content instanceof AppError) return content;
    if (content.kind === "stored") return content.embedding;
    const { value } = content.kind === "image" ? nextImage.next() : nextText.next();
    return value instanceof Error ? AppError.from(value) : (value as Float32Array);
  });
}

// Bytes need not travel back.
function toEcho({ id, data }: Input): MessageInitShape<typeof InputSchema> {
  const { image, text } = data ?? {};
  return {
    id: id || newId(),
    data: {
      ...(image && { image: { url: image.url } }),
      ...(text && { text: { raw: text.raw } }),
    },
  };
}

function checked(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= LIMITS.imageBytes) return bytes;
  throw new AppError(
    "image_too_large",
    `Expected at most ${LIMITS.imageBytes} bytes for data.image.base64 but received ${bytes.length}.`,
  );
}

function checkedText(text: string): string {
  if (text.length <= LIMITS.textLength) return text;
  throw new AppError(
    "input_invalid",
    `Expected at most ${LIMITS.textLength} characters for data.text.raw but received ${text.length}.`,
  );
}

/** The error of an input of a kind that nobody reads here. SDKs look for the first words. */
export function unsupported(what: string): AppError {
  return new AppError(
    "image_unsupported",
    `Input format unsupported. Expected an image but received ${what}.`,
  );
}
