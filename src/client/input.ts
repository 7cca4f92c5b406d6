// Wire input -> the record that callers read. The only place that knows where facts stand in JSON.
import type {
  WireAnnotationsReply,
  WireConcept,
  WireInput,
  WireReading,
  WireStatus,
  WireUploadReply,
} from "./wire.ts";

/** "duplicate": a file whose bytes another input already has; never a search result. */
export type InputStatus = "processed" | "pending" | "failed" | "duplicate";

// By Clarifai's status code. A reply without one is of an input that is simply there.
const STATUSES = new Map<number, InputStatus>([
  [0, "processed"],
  [30000, "processed"],
  [30001, "pending"],
  [30003, "pending"],
  [30100, "duplicate"],
]);

/** `value` 0..1, greater is surer. */
export type Prediction = { readonly id: string; readonly name: string; readonly value: number };

/** One image of the collection. */
export type Input = {
  readonly id: string;
  /** File name or path as it was given, or the last part of its URL; the id if there is neither. */
  readonly name: string;
  readonly status: InputStatus;
  /** Why it is not searchable, for people; "" unless status is "failed" or "duplicate". */
  readonly failure: string;
  /** The same for programs, such as "image_unsupported"; "" as above. */
  readonly failureCode: string;
  /** Address of a JPEG whose longest side is 512 px, once it is processed. It changes with the content. */
  readonly thumbnailUrl: string;
  /** Address of the file as it was given. */
  readonly originalUrl: string;
  readonly createdAt: Date | undefined;
  readonly modifiedAt: Date | undefined;
  /** Size after EXIF orientation; 0 until decoded. */
  readonly widthPx: number;
  readonly heightPx: number;
  /** "JPEG", "PNG" ...; "" until decoded. */
  readonly format: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What people said is in it, or is not: value 0. */
  readonly labels: readonly Prediction[];
  /** Where it was taken, degrees; undefined if nobody said. */
  readonly place: { readonly latitude: number; readonly longitude: number } | undefined;
  /** When the camera says it was taken: its clock, read as UTC. */
  readonly takenAt: Date | undefined;
  /** What else the camera says: camera, lens, exposure ... */
  readonly exif: Readonly<Record<string, unknown>>;
  /** Of the file; 0 if it is not known. */
  readonly sizeBytes: number;
  /** ThumbHash, base64; "" if there is none yet. */
  readonly blur: string;
  /** Ids of the datasets it is in; known of single inputs only. */
  readonly datasets: readonly string[];
  /** Text that was read in it, with where it stands: corners in shares of width and height. Undefined where nobody has looked;
   *  known of single inputs only. */
  readonly reading: WireReading | undefined;
};

/** What became of one uploaded image. `reason` says why it failed; "" otherwise. */
export type UploadedInput = {
  readonly id: string;
  readonly name: string;
  readonly outcome: "added" | "duplicate" | "failed";
  readonly reason: string;
};

export function toInput(wire: WireInput, baseUrl: string): Input {
  const image = wire.data?.image;
  const info = image?.image_info;
  const own = wire.semblance ?? {};
  const status = toStatus(wire.status);
  const isRefused = status === "failed" || status === "duplicate";
  // Not the prefix that comes with it: a proxy may stand between us and the server.
  const suffix = image?.hosted?.suffix ?? encodeURIComponent(wire.id);
  return {
    id: wire.id,
    name: nameIn(image?.url ?? "", wire.id) || wire.id,
    status,
    failure: isRefused ? reasonOf(wire.status) : "",
    failureCode: isRefused ? (wire.status?.details ?? "") : "",
    thumbnailUrl: `${baseUrl}/thumbnails/${suffix}`,
    originalUrl: `${baseUrl}/originals/${suffix}`,
    createdAt: toDate(wire.created_at),
    modifiedAt: toDate(wire.modified_at),
    widthPx: info?.width ?? 0,
    heightPx: info?.height ?? 0,
    format: (info?.format ?? "").toUpperCase(),
    metadata: wire.data?.metadata ?? {},
    labels: (wire.data?.concepts ?? []).map(toPrediction),
    place: toPlace(wire.data?.geo?.geo_point),
    takenAt: toDate(own.taken_at),
    exif: own.exif ?? {},
    sizeBytes: own.size_bytes ?? 0,
    blur: own.blur ?? "",
    datasets: own.datasets ?? [],
    reading: own.reading,
  };
}

export function toUploadedInputs(reply: WireUploadReply): readonly UploadedInput[] {
  return (reply.inputs ?? []).map(({ id = "", name = "", status }) => {
    const outcome = OUTCOMES[toStatus(status)];
    return { id, name, outcome, reason: outcome === "failed" ? reasonOf(status) : "" };
  });
}

/** The sentence of a status that is for people. */
function reasonOf(status: WireStatus | undefined): string {
  return status?.description || status?.details || "";
}

const OUTCOMES = {
  processed: "added",
  pending: "added",
  duplicate: "duplicate",
  failed: "failed",
} as const satisfies Record<InputStatus, UploadedInput["outcome"]>;

function toStatus(status: WireStatus | undefined): InputStatus {
  return STATUSES.get(status?.code ?? 0) ?? "failed";
}

/** Highest value first; what people said is no prediction. */
export function toPredictions(reply: WireAnnotationsReply): readonly Prediction[] {
  const predicted = (reply.annotations ?? []).filter(({ worker }) => worker?.user === undefined);
  const concepts = predicted.flatMap(({ data }) => data?.concepts ?? []);
  return concepts.map(toPrediction).sort((a, b) => b.value - a.value);
}

function toPrediction({ id, name, value = 0 }: WireConcept): Prediction {
  return { id, name, value };
}

// Zeros are left out of the JSON.
function toPlace(point: { readonly latitude?: number; readonly longitude?: number } | undefined) {
  return point && { latitude: point.latitude ?? 0, longitude: point.longitude ?? 0 };
}

function toDate(text: string | undefined): Date | undefined {
  return text ? new Date(text) : undefined;
}

// Clarifai's Input has no field for a file name: it travels as ?name= of the image's address on the server. An
// address elsewhere was given with the input.
function nameIn(url: string, id: string): string {
  if (!URL.canParse(url)) return "";
  const { pathname, searchParams } = new URL(url);
  const isOurs = pathname.endsWith(`/originals/${encodeURIComponent(id)}`);
  return isOurs ? (searchParams.get("name") ?? "") : lastPart(pathname);
}

function lastPart(pathname: string): string {
  const part = pathname.split("/").findLast((each) => each !== "") ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a percent sign that encodes nothing
  }
}
