// An occasion -> the EXIF that a camera would have written, as sharp takes it: text, fractions as "1/250".
import type { Exif } from "sharp";
import type { Occasion } from "./occasions.ts";
import type { Random } from "./random.ts";

/** Cameras that do not exist, each with its lens. */
const CAMERAS = [
  { model: "Sketchbook One", lens: "Pencil 50 mm f/1.8", aperture: "18/10", focal: "50/1" },
  { model: "Easel Mark II", lens: "Brush 24-70 mm f/2.8", aperture: "56/10", focal: "35/1" },
  { model: "Pocket Crayon", lens: "Crayon 26 mm f/1.6", aperture: "16/10", focal: "26/1" },
] as const;
const EXPOSURES = ["1/30", "1/60", "1/125", "1/250", "1/500", "1/1000"];
const SENSITIVITIES = ["100", "200", "400", "800"];

export function exifOf({ at, place }: Occasion, random: Random): Exif {
  const { model, lens, aperture, focal } = random.pick(CAMERAS);
  const time = at.toISOString().slice(0, 19).replaceAll("-", ":").replace("T", " ");
  return {
    IFD0: { Make: "Semblance", Model: model, Software: "Semblance sample gallery" },
    IFD2: {
      DateTimeOriginal: time,
      LensModel: lens,
      FNumber: aperture,
      FocalLength: focal,
      ExposureTime: random.pick(EXPOSURES),
      ISOSpeedRatings: random.pick(SENSITIVITIES),
    },
    ...(place && {
      IFD3: {
        GPSLatitude: toSixtieths(place.latitude),
        GPSLatitudeRef: place.latitude < 0 ? "S" : "N",
        GPSLongitude: toSixtieths(place.longitude),
        GPSLongitudeRef: place.longitude < 0 ? "W" : "E",
      },
    }),
  };
}

// Degrees, minutes and seconds.
function toSixtieths(degrees: number): string {
  const size = Math.abs(degrees);
  const minutes = (size % 1) * 60;
  return `${Math.floor(size)}/1 ${Math.floor(minutes)}/1 ${Math.round((minutes % 1) * 6000)}/100`;
}
