// Encoded bytes -> what the camera wrote into them (EXIF 2.32): when, where and how. All of it may be missing, wrong or
// hostile: what makes no sense is left out, and nothing here fails.
import ExifReader from "exifreader";
import type { Json } from "../engine.ts";
import type { Place } from "../place.ts";
import { exifBlock } from "./exif-block.ts";
import type { CameraFacts } from "./facts.ts";

/** Names of ExifReader, with the numbers of the standard. */
const TAGS = {
  Make: 0x010f,
  Model: 0x0110,
  Software: 0x0131,
  ExposureTime: 0x829a,
  FNumber: 0x829d,
  ISOSpeedRatings: 0x8827,
  DateTimeOriginal: 0x9003,
  DateTimeDigitized: 0x9004,
  FocalLength: 0x920a,
  LensModel: 0xa434,
  GPSLatitudeRef: 1,
  GPSLatitude: 2,
  GPSLongitudeRef: 3,
  GPSLongitude: 4,
} as const;

type Tag = keyof typeof TAGS;
type Values = Readonly<Partial<Record<Tag, unknown>>>;

const TEXT_LENGTH = 100;
/** The first photograph that is left to us. */
const EARLIEST_MS = Date.UTC(1826, 0, 1);
const DAY_MS = 86_400_000;
const NONE: CameraFacts = { takenAt: null, exif: {}, place: null };

export async function readCamera(bytes: Uint8Array): Promise<CameraFacts> {
  try {
    const block = await exifBlock(bytes, new Set(Object.values(TAGS)));
    if (!block) return NONE;
    const values = readValues(block);
    const takenAt = toDate(values.DateTimeOriginal) ?? toDate(values.DateTimeDigitized) ?? null;
    return { takenAt, exif: toExif(values), place: toPlace(values) };
  } catch {
    return NONE; // a damaged block costs no picture
  }
}

function readValues(block: Uint8Array): Values {
  const tags = ExifReader.load(Buffer.from(block.buffer, block.byteOffset, block.length), {
    includeTags: { exif: Object.keys(TAGS) },
  });
  return Object.fromEntries(Object.keys(TAGS).map((tag) => [tag, tags[tag]?.value]));
}

function toExif(values: Values): Json {
  const found = {
    camera: toCamera(toText(values.Make), toText(values.Model)),
    lens: toText(values.LensModel),
    iso: within(toIso(values.ISOSpeedRatings), 1, 1e7),
    aperture: within(toNumber(values.FNumber), 0.1, 1000),
    exposure: toExposure(within(toNumber(values.ExposureTime), 1e-6, 86_400)),
    focal_length_mm: within(toNumber(values.FocalLength), 0.1, 1e5),
    software: toText(values.Software),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

// "Canon" and "Canon EOS 5D", "NIKON CORPORATION" and "NIKON D90", but "Apple" and "iPhone 12".
function toCamera(make: string | undefined, model: string | undefined): string | undefined {
  if (!make || !model) return model ?? make;
  const [brand = make] = make.split(" ");
  const isNamed = model.toLowerCase().startsWith(brand.toLowerCase());
  return isNamed ? model : `${make} ${model}`;
}

function toText(value: unknown): string | undefined {
  const given = Array.isArray(value) ? value[0] : value;
  if (typeof given !== "string") return undefined;
  const text = given
    .slice(0, 10 * TEXT_LENGTH)
    .replace(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ") // control, halves, and what turns text around
    .replace(/\s+/g, " ")
    .trim();
  const isFaulty = text === "" || text === "<faulty value>";
  return isFaulty ? undefined : [...text].slice(0, TEXT_LENGTH).join("");
}

/** A number, or numerator and denominator; four digits that count. */
function toNumber(value: unknown): number | undefined {
  const number = isPair(value) ? value[0] / value[1] : Array.isArray(value) ? value[0] : value;
  return typeof number === "number" ? Number(number.toPrecision(4)) : undefined;
}

// Some cameras write two of them.
function toIso(value: unknown): number | undefined {
  return toNumber(Array.isArray(value) ? value[0] : value);
}

function isPair(value: unknown): value is [number, number] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number")
  );
}

function within(value: number | undefined, least: number, most: number): number | undefined {
  return value !== undefined && value >= least && value <= most ? value : undefined; // NaN is not
}

// Seconds, as photographers write them.
function toExposure(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  return seconds > 0.3 ? String(seconds) : `1/${Math.round(1 / seconds)}`;
}

// "2019:01:02 03:04:05": the camera's clock knows no zone.
function toDate(value: unknown): Date | undefined {
  const text = toText(value) ?? "";
  const found = /^(\d{4})[:/.-](\d\d)[:/.-](\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?)?/.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal =
    date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60;
  const isPossible = date.getTime() >= EARLIEST_MS && date.getTime() <= Date.now() + DAY_MS;
  return isReal && isPossible ? date : undefined;
}

function toPlace(values: Values): Place | null {
  const latitude = toDegrees(values.GPSLatitude, toText(values.GPSLatitudeRef), "NS", 90);
  const longitude = toDegrees(values.GPSLongitude, toText(values.GPSLongitudeRef), "EW", 180);
  if (latitude === undefined || longitude === undefined) return null;
  const isUnset = latitude === 0 && longitude === 0; // what cameras write before they know
  return isUnset ? null : { latitude, longitude };
}

// [[51, 1], [30, 1], [3230, 100]]: degrees, minutes, seconds. `sides`: of the greater and the smaller degrees.
function toDegrees(
  value: unknown,
  side: string | undefined,
  sides: string,
  most: number,
): number | undefined {
  const at = sides.indexOf(side?.charAt(0).toUpperCase() || "-");
  if (at < 0 || !Array.isArray(value) || value.length !== 3 || !value.every(isPair))
    return undefined;
  const [degrees = 0, minutes = 0, seconds = 0] = value.map(([over, under]) =>
    under === 0 && over === 0 ? 0 : over / under,
  );
  const size = degrees + minutes / 60 + seconds / 3600;
  const isValid = minutes < 60 && seconds <= 60 && size >= 0 && size <= most;
  return isValid ? Number((at === 0 ? size : -size).toFixed(6)) : undefined;
}
