// config.json and preprocessor_config.json of a detector, as transformers writes them -> its family, labels and pixels.
// YOLOX has no such files of its own: docs/models.md says which lines it needs.
import { z } from "zod";
import { KERNELS, type PreprocessConfig } from "../preprocess-config.ts";
import type { DetrScores } from "./detr.ts";
import { STRIDES } from "./yolox.ts";

const LABELS_MAX = 10_000;
const LABEL_LENGTH_MAX = 256; // as that of a concept's name
const IMAGENET_MEAN = [0.485, 0.456, 0.406];
const IMAGENET_STD = [0.229, 0.224, 0.225];
/** DETR's own. */
const EDGES = { shortest_edge: 800, longest_edge: 1333 };
/** What YOLOX fills the rest of the square with. */
const GREY = 114;

export type DetectorFamily =
  | { readonly name: "detr"; readonly scores: DetrScores }
  | { readonly name: "yolox" };

const SIGMOID = { name: "detr", scores: "sigmoid" } as const;
const SOFTMAX = { name: "detr", scores: "softmax" } as const;
const FAMILIES: Readonly<Record<string, DetectorFamily>> = {
  detr: SOFTMAX,
  "table-transformer": SOFTMAX,
  yolos: SOFTMAX,
  conditional_detr: SIGMOID,
  deformable_detr: SIGMOID,
  d_fine: SIGMOID,
  rt_detr: SIGMOID,
  rt_detr_v2: SIGMOID,
  yolox: { name: "yolox" },
};

const modelTypes = Object.keys(FAMILIES).join(", ");
const label = z.string().trim().min(1).max(LABEL_LENGTH_MAX);

/** config.json -> `family`, and `labels` by class; null where a class has no name. */
export const detectorSchema = z
  .object({
    model_type: z
      .string()
      .refine((type) => Object.hasOwn(FAMILIES, type), `Expected one of ${modelTypes}`),
    id2label: z
      .record(z.string().regex(/^\d{1,4}$/, `Expected ids below ${LABELS_MAX}`), label)
      .refine((labels) => Object.keys(labels).length > 0, "Expected at least one label"),
  })
  .transform(({ model_type, id2label }) => ({
    family: FAMILIES[model_type] as DetectorFamily,
    labels: toLabels(id2label),
  }));

// COCO's 91 classes have gaps, which DETR's files call N/A.
function toLabels(byId: Readonly<Record<string, string>>): readonly (string | null)[] {
  const labels = new Map(Object.entries(byId).map(([id, name]) => [Number(id), name]));
  const length = Math.max(...labels.keys()) + 1;
  return Array.from({ length }, (_, id) => {
    const name = labels.get(id) ?? "N/A";
    return name === "N/A" ? null : name;
  });
}

/** How a picture becomes a detector's input. */
export type DetectorPixels = Pick<PreprocessConfig, "kernel" | "scale" | "mean" | "std"> & {
  readonly resize: DetectorResize;
  /** Blue first, as OpenCV reads pictures. */
  readonly isBgr: boolean;
  /** 0..255, of what a letterbox leaves free. */
  readonly padValue: number;
};

/** `fill` squashes; `letterbox` keeps the shape, in the upper left corner; `edges` keeps the shape and has no fixed size. */
export type DetectorResize =
  | { readonly fit: "fill" | "letterbox"; readonly widthPx: number; readonly heightPx: number }
  | { readonly fit: "edges"; readonly shortestPx: number; readonly longestPx: number };

const side = z.number().int().min(16).max(2048);
const box = z.object({ height: side, width: side });
const channels = z.array(z.number()).length(3);
const rawSchema = z.object({
  do_resize: z.literal(true).default(true),
  size: z
    .union(
      [side, box, z.object({ shortest_edge: side, longest_edge: side })],
      "Expected a number of pixels, height and width, or shortest_edge and longest_edge, of 16 to 2048 each",
    )
    .optional(),
  resample: z.number().int().min(0).max(5).default(2),
  do_rescale: z.boolean().optional(),
  rescale_factor: z
    .number()
    .positive()
    .default(1 / 255),
  do_normalize: z.boolean().optional(),
  image_mean: channels.default(IMAGENET_MEAN),
  image_std: z.array(z.number().positive()).length(3).default(IMAGENET_STD),
  do_flip_channel_order: z.boolean().optional(),
  pad_value: z.number().min(0).max(255).default(GREY),
  pad_size: z.undefined("Expected no pad_size: pictures are padded for YOLOX only").optional(),
});

/** preprocessor_config.json; what it leaves out is as the family was trained. */
export function pixelsSchema({ name }: DetectorFamily): z.ZodType<DetectorPixels> {
  const isYolox = name === "yolox";
  const read = rawSchema.transform((raw) => toPixels(raw, isYolox));
  return read.refine(
    ({ resize }) => !isYolox || (resize.fit === "letterbox" && isWholeGrid(resize)),
    { path: ["size"], error: `Expected height and width that ${STRIDES.at(-1)} divides` },
  );
}

function toPixels(raw: z.infer<typeof rawSchema>, isYolox: boolean): DetectorPixels {
  const isNormalized = raw.do_normalize ?? !isYolox;
  return {
    resize: toResize(raw.size ?? (isYolox ? 640 : EDGES), isYolox ? "letterbox" : "fill"),
    kernel: KERNELS[raw.resample] ?? "linear",
    scale: (raw.do_rescale ?? !isYolox) ? raw.rescale_factor : 1,
    mean: isNormalized ? raw.image_mean : [0, 0, 0],
    std: isNormalized ? raw.image_std : [1, 1, 1],
    isBgr: raw.do_flip_channel_order ?? isYolox,
    padValue: raw.pad_value,
  };
}

function toResize(
  size: NonNullable<z.infer<typeof rawSchema>["size"]>,
  fit: "fill" | "letterbox",
): DetectorResize {
  if (typeof size === "number") return { fit, widthPx: size, heightPx: size };
  if ("width" in size) return { fit, widthPx: size.width, heightPx: size.height };
  return { fit: "edges", shortestPx: size.shortest_edge, longestPx: size.longest_edge };
}

function isWholeGrid({ widthPx, heightPx }: { widthPx: number; heightPx: number }): boolean {
  return widthPx % STRIDES[2] === 0 && heightPx % STRIDES[2] === 0;
}
